"""Which words pushed an answer, asked of models whose truth is known."""

import numpy as np
import pytest

from core import pieces
from core.answer import Model
from core.explainers import words

WEIGHTS = {"good": 2.0, "bad": -3.0, "film": 0.5, "好": 1.5}


def linear(texts):
    """The sum of the weights of the words, and its opposite."""
    total = [sum(w * text.count(word) for word, w in WEIGHTS.items()) for text in texts]
    return np.array([[value, -value] for value in total])


def found(text, unit=0, sign=1):
    return {text[p.start : p.end]: p.push for p in words.explain(linear, text, unit, sign)}


def test_each_word_gets_its_weight():
    assert found("a good film, not bad") == pytest.approx(
        {"a": 0, "good": 2, "film,": 0.5, "not": 0, "bad": -3}
    )


@pytest.mark.parametrize(("unit", "sign"), [(1, 1), (0, -1)])
def test_the_other_answer_is_pushed_the_other_way(unit, sign):
    assert found("good bad", unit, sign) == pytest.approx({"good": -2, "bad": 3})


def test_signs_of_a_script_without_spaces_are_left_out_one_by_one():
    assert found("很好") == pytest.approx({"很": 0, "好": 1.5})


def test_a_long_text_is_asked_about_in_few_stretches():
    asked = []

    def counting(texts):
        asked.extend(texts)
        return linear(texts)

    pushes = words.explain(counting, "word " * 1_000 + "good", 0)
    assert len(pushes) == words.MOST_STRETCHES
    assert len(asked) == words.MOST_STRETCHES + 1
    assert [p.push for p in pushes if p.push] == [2.0]


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_a_text_without_words_has_no_pushes(text):
    assert words.explain(linear, text, 0) == []


def test_a_huge_text_is_asked_about_at_its_beginning():
    assert words.stretches("x" * 1_000_000) == [(0, words.MOST_READ)]
    assert words.stretches("ab " * 400_000)[-1][1] <= words.MOST_READ


class Chosen:
    """Says yes by "good" alone, and never as the likelier answer; the low bar gives it all the same."""

    def run(self, names, inputs):
        return [inputs["texts"] / 1_000]


def test_the_answer_that_was_given_is_asked_about_not_the_likeliest():
    recipes = {
        "inputs": {"texts": 1},
        "columns": [{
            "column": "text", "kind": "text", "input": "texts", "parse": {"as": "text"},
            "features": [{"make": "pieces", "known": [number("good")], "weights": [0.3]}],
        }],
        "target": {"column": "liked", "as": "class", "classes": ["no", "yes"], "threshold": 0.1},
    }  # fmt: skip
    model = Model(recipes, Chosen(), ("texts",))
    share = model.outputs({"text": ["good film"]})[0, 0]
    pushes = words.of_row(model, {"text": "good film"}, "text")
    assert 0.1 < share < 0.5
    assert [push.push for push in pushes] == pytest.approx([share, 0])


def number(word):
    _, numbers = pieces.pieces([word])
    return int(numbers[0])
