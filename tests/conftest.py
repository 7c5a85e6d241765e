"""What every test has: a workspace of its own, and English."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import words


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace, so that no test sees what another made."""
    path = tmp_path / "workspace"
    monkeypatch.setenv("MODELYARD_HOME", str(path))
    return path


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    words.follow(lambda: "en")
    yield
    words.follow(lambda: "en")
