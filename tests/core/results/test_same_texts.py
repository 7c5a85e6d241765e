"""Texts that come twice: with different answers, and in training as well as in the test."""

from pathlib import Path

import numpy as np
import pytest

from core.results import near_copies, same_texts

TEXTS = [
    "the battery lasts for days", "The battery lasts for days!", "the screen broke after a week of careful use at home",
    "the screen broke after a week of careful use at work", "room 12 was quite clean", "room 14 was quite clean",
    "nothing like the other ones",
]  # fmt: skip
LABELS = ["good", "bad", "bad", "good", "good", "bad", "good"]


def pairs() -> list[near_copies.Pair]:
    return near_copies.find(TEXTS)


def test_texts_with_different_answers_are_told_word_for_word_first():
    found = same_texts.disagreeing(TEXTS, LABELS, pairs())
    assert [(pair["first"], pair["second"], pair["exact"]) for pair in found] == [
        (0, 1, True), (4, 5, False), (2, 3, False),
    ]  # fmt: skip


def test_pairs_with_one_answer_are_no_matter():
    assert same_texts.disagreeing(TEXTS, ["good"] * 7, pairs()) == []


def test_a_test_row_is_known_where_training_has_nearly_the_same_text():
    tests = np.array([False, True, True, True, True, False, True])
    assert same_texts.known(pairs(), tests).tolist() == [False, True, False, False, True, False, False]


def test_a_group_of_copies_is_known_whichever_of_them_comes_first():
    texts = ["the very same words here"] * 3 + ["the very same words here too"]
    tests = np.array([True, True, False, True])
    assert same_texts.known(near_copies.find(texts), tests).tolist() == [True, True, False, True]


@pytest.fixture
def found(tmp_path: Path) -> dict:
    tests = np.array([False, True, False, True, False, True, True])
    right = np.array([True, True, True, False])
    same_texts.write(tmp_path, TEXTS, LABELS, np.arange(10, 17), tests, right, classes=True)
    return same_texts.read(tmp_path)


def test_what_is_found_is_kept_with_rows_texts_and_answers(found: dict):
    assert (found["exact"], found["near"], found["known"], found["tested"]) == (1, 2, 3, 4)
    assert found["pairs"][0]["second"] == {"row": 11, "text": TEXTS[1], "answer": "bad"}
    assert [str(sentence)[:30] for sentence in same_texts.told(found)] == [
        "1 text comes with different an", "2 pairs of texts are nearly th",
    ]  # fmt: skip


def test_figures_are_doubted_where_the_training_knew_the_test(found: dict):
    assert str(same_texts.doubts(found)[0]).startswith("3 of 4 test rows are nearly the same text")
    told = same_texts.doubts({**found, "tested": 100, "right": {"all": 0.9, "new": 0.8}})
    assert "gets 80 of 100 right; on all of them, 90 of 100" in str(told[1])
    assert same_texts.doubts({**found, "tested": 1_000}) == []


def test_a_model_that_reads_more_than_one_text_is_left_alone():
    text = {"column": "remark", "kind": "text"}
    assert same_texts.only_column({"columns": [text, text]}) == "remark"
    assert same_texts.only_column({"columns": [text, {"column": "price", "kind": "number"}]}) is None
