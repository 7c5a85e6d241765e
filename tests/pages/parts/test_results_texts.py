"""The texts of Results are shown with what was said of them, harmless in Markdown, and can be taken away as a table."""

import csv
import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import home
from core.results import shown_texts
from pages.parts import results_texts
from tests.pages.patience import SECONDS


def one(place: int, **more) -> dict:
    return {
        "place": place, "row": place, "values": {"remark": f"remark *{place}* was good", "price": "4"}, "true": "good",
        "said": "b_d", "chance": 0.9, "true_chance": 0.05, "pushes": {"remark": [[0, 6, 0.5]]}, **more,
    }  # fmt: skip


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    found = {
        "columns": ["remark"], "worst": list(range(7)), "doubtful": [7],
        "texts": [*map(one, range(7)), one(7, said="good", chance=0.51)],
    }  # fmt: skip
    home.write_json(tmp_path / shown_texts.FILE, found)
    return tmp_path


def page(folder: str) -> None:
    from pathlib import Path
    from types import SimpleNamespace

    from pages.parts import results_texts

    results_texts.draw(SimpleNamespace(id="run", folder=Path(folder)))


def shown(folder: Path) -> AppTest:
    return AppTest.from_function(page, args=(str(folder),), default_timeout=SECONDS).run()


def test_the_worst_come_first_with_their_words_marked(run_folder: Path):
    told = [entry.value for entry in shown(run_folder).markdown]
    assert any("Answered **b\\_d**, 90.0% sure; it is **good**, which it gave 5.0%" in text for text in told)
    assert any(text.startswith(":green-background[**remark**] \\*0\\* was good") for text in told)
    assert not any("\\*5\\*" in text for text in told)


def test_more_are_shown_when_asked_for(run_folder: Path):
    app = shown(run_folder)
    app.button[0].click().run()
    assert any("\\*6\\*" in entry.value for entry in app.markdown)


def test_a_doubtful_text_may_be_right():
    assert results_texts.verdict(one(7, said="good", chance=0.51)).startswith(
        ":green[✓] Rightly **good**, 51.0% sure"
    )


def test_an_amount_has_no_chance():
    assert "It is **12**, answered **1,234.5**" in results_texts.verdict(
        one(1, true="12", said=1234.5, chance=None, true_chance=None)
    )


def test_a_run_without_texts_shows_nothing(tmp_path: Path):
    app = shown(tmp_path)
    assert not app.exception
    assert not app.subheader


def test_the_table_holds_every_text_as_it_was():
    rows = list(csv.DictReader(io.StringIO(results_texts.as_csv([one(3)]).decode("utf-8-sig"))))
    assert rows == [
        {
            "row": "4",
            "true": "good",
            "answered": "b_d",
            "chance": "0.9",
            "remark": "remark *3* was good",
            "price": "4",
        }
    ]
