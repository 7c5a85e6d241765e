"""Train says what to expect where that was tried, and nothing else."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import home
from core.results import expected
from tests.core.results.test_expected import FOUND
from tests.pages.patience import SECONDS


def page(prepared: str) -> None:
    from types import SimpleNamespace

    from pages.parts import expectation

    expectation.draw(SimpleNamespace(prepared=prepared))


def shown(prepared: str) -> AppTest:
    app = AppTest.from_function(page, args=(prepared,), default_timeout=SECONDS).run()
    assert not app.exception
    return app


def test_what_was_tried_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MODELYARD_HOME", str(tmp_path))
    folder = home.folder("prepared") / "0a1b"
    folder.mkdir()
    home.write_json(folder / expected.FILE, FOUND)
    assert "expect between 60 and 75 right answers of 100" in shown("0a1b").markdown[0].value


@pytest.mark.parametrize("prepared", ["", "../..", "beef"])
def test_without_it_nothing_is_said(prepared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MODELYARD_HOME", str(tmp_path))
    assert not shown(prepared).markdown
