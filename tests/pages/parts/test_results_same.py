"""Pairs of texts with different answers stand side by side, and come as a table to mend."""

import csv
import io
from pathlib import Path

from streamlit.testing.v1 import AppTest

from core import home
from core.results import same_texts
from pages.parts import results_same
from tests.pages.patience import SECONDS

PAIR = {
    "first": {"row": 0, "text": "a *fine* day", "answer": "good"}, "second": {"row": 8, "text": "A fine day!", "answer": "bad"},
    "alike": 1.0, "exact": True,
}  # fmt: skip


def page(folder: str) -> None:
    from pathlib import Path
    from types import SimpleNamespace

    from pages.parts import results_same

    results_same.draw(SimpleNamespace(id="run", folder=Path(folder)))


def test_both_texts_are_shown_with_their_answers(tmp_path: Path):
    home.write_json(tmp_path / same_texts.FILE, {"pairs": [PAIR], "exact": 1, "near": 0})
    app = AppTest.from_function(page, args=(str(tmp_path),), default_timeout=SECONDS).run()
    assert not app.exception
    told = [entry.value for entry in app.markdown]
    assert told[1:] == ["**good**  \na \\*fine\\* day", "**bad**  \nA fine day!"]


def test_nothing_is_shown_where_none_contradict_each_other(tmp_path: Path):
    home.write_json(tmp_path / same_texts.FILE, {"pairs": [], "exact": 0, "near": 0})
    assert not AppTest.from_function(page, args=(str(tmp_path),), default_timeout=SECONDS).run().subheader


def test_the_table_has_a_row_for_each_text_and_room_for_the_right_answer():
    rows = list(csv.DictReader(io.StringIO(results_same.as_csv([PAIR]).decode("utf-8-sig"))))
    assert [(row["pair"], row["row"], row["answer"], row["right answer"]) for row in rows] == [
        ("1", "1", "good", ""), ("1", "9", "bad", ""),
    ]  # fmt: skip
