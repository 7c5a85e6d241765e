"""Texts of the test rows are chosen and kept: the worst and the most doubtful, with the words that decided."""

from pathlib import Path

import numpy as np
import pytest
from pandas import DataFrame

from core.results import shown_texts
from core.results.evaluation import Answered
from core.tasks import SHELF as TASKS

CLASSES = {"as": "classes", "column": "mood", "classes": ["bad", "good", "so so"]}
CHANCES = np.array([[0.9, 0.05, 0.05], [0.6, 0.3, 0.1], [0.45, 0.4, 0.15], [0.02, 0.97, 0.01]])
ROWS = DataFrame(
    {
        "remark": ["awful thing", "fine", "works", "great"],
        "price": ["1", "2", "3", "4"],
        "mood": ["bad", "good ", "bad", "bad"],
    }
)
MADE = {
    "columns": [
        {"column": "remark", "kind": "text", "input": "texts"},
        {"column": "remark", "kind": "text", "input": "remark_tokens"},
        {"column": "price", "kind": "number", "input": "numbers"},
    ]
}


def answered(task: str = "one_of_many", target=CLASSES, truth=(0, 1, 0, 0), outputs=CHANCES) -> Answered:
    return Answered(TASKS[task], target, np.array(truth), outputs, {})


def explain(row):
    return {"remark": [(0, len(row["remark"]), 0.25)]}


def test_the_worst_are_wrong_and_the_most_doubtful_need_not_be():
    assert shown_texts.chosen(answered()) == {"worst": [3, 1], "doubtful": [2, 1, 0, 3]}


def test_a_threshold_moves_what_is_doubtful_and_what_is_wrong():
    target = {"as": "classes", "column": "mood", "classes": ["bad", "good"], "threshold": 0.2}
    outputs = np.array([[0.5], [0.21], [0.05]])
    found = shown_texts.chosen(answered("yes_no", target, (0, 1, 0), outputs))
    assert found == {"worst": [0], "doubtful": [1, 2, 0]}


def test_amounts_have_largest_misses_and_no_doubt():
    target = {"as": "number", "column": "stars", "scale": 2.0, "mean": 10.0}
    found = shown_texts.chosen(
        answered("amount", target, [[0.0], [1.0], [0.0]], np.array([[0.1], [3.0], [0.0]]))
    )
    assert found == {"worst": [1, 0], "doubtful": []}


def test_of_several_labels_one_that_is_wrong_makes_a_row_wrong():
    target = {"as": "labels", "column": "topics", "labels": ["a", "b"], "separator": ","}
    truth, outputs = [[1, 0], [1, 1], [0, 0]], np.array([[0.9, 0.1], [0.9, 0.2], [0.4, 0.1]])
    found = shown_texts.chosen(answered("many_of_many", target, truth, outputs))
    assert found == {"worst": [1], "doubtful": [2, 1, 0]}


def test_what_was_said_of_each_is_kept_with_the_words_and_the_other_columns(tmp_path: Path):
    shown_texts.write(tmp_path, answered(), MADE, ROWS, np.array([10, 20, 30, 40]), explain)
    found = shown_texts.read(tmp_path)
    assert found is not None
    assert (found["columns"], found["worst"]) == (["remark"], [3, 1])
    worst = next(one for one in found["texts"] if one["place"] == 3)
    assert (worst["row"], worst["true"], worst["said"]) == (40, "bad", "good")
    assert (worst["chance"], worst["true_chance"]) == (0.97, 0.02)
    assert worst["values"] == {"remark": "great", "price": "4"}
    assert worst["pushes"] == {"remark": [[0, 5, 0.25]]}


def test_texts_whose_words_were_not_looked_for_are_shown_all_the_same(tmp_path: Path):
    shown_texts.write(tmp_path, answered(), MADE, ROWS, np.arange(4), lambda row: None)
    assert all(one["pushes"] is None for one in shown_texts.read(tmp_path)["texts"])


def test_a_table_without_texts_keeps_none(tmp_path: Path):
    shown_texts.write(tmp_path, answered(), {"columns": MADE["columns"][2:]}, ROWS, np.arange(4), explain)
    assert shown_texts.read(tmp_path) is None


@pytest.mark.parametrize("text", ["word " * 400, "x" * 3000, "好" * 3000])
def test_an_excerpt_is_short_and_holds_the_word_that_decided(text: str):
    begin, end = shown_texts.excerpt(text, [[0, 4, 0.1], [1500, 1504, 0.9]], 300)
    assert begin <= 1500
    assert end >= 1504
    assert end - begin <= 325


def test_a_short_text_is_shown_whole():
    assert shown_texts.excerpt("short", [[0, 5, 0.1]], 300) == (0, 5)
