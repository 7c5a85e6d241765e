"""The nearest answers of a list are found, always in the same order, and what is not known is not said."""

import json

import numpy as np
import pytest

from core import ranking

RECIPES = {"target": {"as": "reply", "column": "answer", "told": 2, "threshold": 0.5}}


def stored(
    points: np.ndarray, known: np.ndarray | None = None, of: list[int] | None = None, alike: float = 0.95
):
    known = np.zeros((0, points.shape[1])) if known is None else known
    texts = [f"answer {place}" for place in range(len(points))]
    return {"points": points, "known": known, "of": np.array(of or [], int), "alike": alike, "texts": texts}


def points(rows: int, width: int = 16, seed: int = 0) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(rows, width)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.mark.parametrize("count", [2, 5, 7, 400])
def test_the_best_answers_are_those_that_sorting_all_of_them_would_find(count: int):
    answers, asked = points(count), points(30, seed=1)
    places, near = ranking.best(stored(answers), asked)
    cosines = np.round(asked @ answers.T, ranking.DIGITS)
    wanted = np.argsort(-cosines, axis=1, kind="stable")[:, : min(5, count)]
    assert (places == wanted).all()
    assert near == pytest.approx(np.take_along_axis(cosines, wanted, 1), abs=1e-6)


def test_a_known_question_brings_its_answer_only_where_it_is_alike_enough():
    answers, known = np.eye(3, dtype=np.float32), np.array([[0.8, 0.6, 0.0]], np.float32)
    asked = np.array([[0.8, 0.6, 0.0], [1.0, 0.0, 0.0]], np.float32)
    word_for_word = ranking.best(stored(answers, known, [2], 0.95), asked)[0][:, 0]
    assert word_for_word.tolist() == [2, 0]
    loosely = ranking.best(stored(answers, known, [2], -1.0), np.array([[0.75, 0.6614, 0.0]], np.float32))[0]
    assert loosely[0, 0] == 2


def test_equal_answers_stand_in_the_lists_order():
    assert ranking.best(stored(np.ones((4, 1), np.float32)), np.ones((1, 1), np.float32))[0].tolist() == [
        [0, 1, 2, 3]
    ]


def test_below_the_threshold_it_does_not_know_and_an_empty_question_has_no_answers():
    found = ranking.answers(
        RECIPES, stored(np.eye(3, dtype=np.float32)), np.array([[0.9, 0.4, 0.1], [0.4, 0.3, 0.0], [1.0, 0.0, 0.0]]),
        {"question": ["sure", "doubtful", "  "]},
    )  # fmt: skip
    assert list(found) == ranking.answer_names(RECIPES)
    assert found["prediction"] == ["answer 0", "", ""]
    assert found["answer_1"] == ["answer 0", "answer 0", ""]
    assert found["answer_2"] == ["answer 1", "answer 1", ""]
    assert found["score"] == pytest.approx([0.9, 0.4, 0.0], abs=1e-6)


def test_many_answers_are_searched_in_parts_that_give_the_same(monkeypatch: pytest.MonkeyPatch):
    answers, asked = points(500), points(40, seed=2)
    whole = ranking.best(stored(answers), asked)
    monkeypatch.setattr(ranking, "CELLS_AT_ONCE", 1_000)
    parts = ranking.best(stored(answers), asked)
    assert all((one == other).all() for one, other in zip(whole, parts, strict=True))


def test_what_lies_beside_a_network_is_read_back(tmp_path):
    np.savez(
        tmp_path / ranking.POINTS, points=np.eye(2), known=np.eye(2), of=np.arange(2), alike=np.float32(0.9)
    )
    (tmp_path / ranking.TEXTS).write_text(json.dumps(["你好", "😀"]), encoding="utf-8")
    found = ranking.load(tmp_path)
    assert found["texts"] == ["你好", "😀"]
    assert ranking.best(found, np.eye(2))[0][:, 0].tolist() == [0, 1]
