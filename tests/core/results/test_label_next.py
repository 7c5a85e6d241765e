"""Rows to label first: those of which the model is least sure, and no copies of each other."""

import numpy as np
import pytest

from core.results import label_next

CLASSES = {"as": "classes", "classes": ["a", "b", "c"]}


def test_two_answers_that_are_equally_likely_are_least_sure():
    said = {"prediction": ["a"] * 3, "probabilities": [[0.5, 0.5, 0.0], [0.9, 0.05, 0.05], [0.4, 0.3, 0.3]]}
    assert label_next.unsure(CLASSES, said) == pytest.approx([1.0, 0.15, 0.9])


def test_of_labels_one_that_may_hold_or_not_is_enough():
    said = {"prediction": ["", ""], "probabilities": [[0.99, 0.45], [0.9, 0.1]]}
    assert label_next.unsure({"as": "labels"}, said) == pytest.approx([0.9, 0.2])


def test_of_amounts_the_widest_range_is_least_sure_and_without_ranges_all_are_alike():
    said = {"prediction": [1.0, 2.0], "low": [0.0, 1.0], "high": [4.0, 2.0]}
    assert label_next.unsure({"as": "number"}, said) == pytest.approx([1.0, 0.25])
    assert label_next.unsure({"as": "number"}, {"prediction": [1.0, 2.0]}).tolist() == [1.0, 1.0]


def test_the_list_is_not_ten_times_the_same_text():
    doubt = np.array([1.0, 0.99, 0.98, 0.6, 0.5])
    values = np.array([[1, 0], [1, 0.01], [1, -0.01], [0, 1], [-1, 0]], float)
    assert label_next.chosen(doubt, values, 3) == [0, 3, 4]


def test_exact_copies_are_never_listed_twice():
    assert label_next.chosen(np.ones(5), np.ones((5, 3)), 5) == [0]


def test_a_row_that_it_is_sure_of_comes_late():
    doubt, values = np.array([0.01, 0.9, 0.8]), np.eye(3)
    assert label_next.chosen(doubt, values) == [1, 2, 0]


def test_no_rows_give_no_list():
    assert label_next.chosen(np.zeros(0), np.zeros((0, 4))) == []


@pytest.mark.heavy
def test_labels_of_these_rows_teach_more_than_those_of_others():
    """Two easy kinds and a rare third one in between: a model that has met the first two finds the third."""
    from sklearn.linear_model import LogisticRegression

    dice = np.random.default_rng(0)
    centres = np.array([[4.0, 0.0], [-4.0, 0.0], [0.0, 2.0]])
    kinds = dice.choice(3, 900, p=[0.48, 0.48, 0.04])
    rows = centres[kinds] + dice.normal(size=(900, 2))
    first = np.flatnonzero(kinds < 2)[:20]
    known = LogisticRegression().fit(rows[first], kinds[first])
    said = {"prediction": [], "probabilities": np.pad(known.predict_proba(rows), ((0, 0), (0, 1)))}
    picked = label_next.chosen(label_next.unsure(CLASSES, said), rows, 20)
    assert (kinds[picked] == 2).mean() > 5 * (kinds == 2).mean()


@pytest.mark.parametrize(
    ("made", "suits"),
    [
        ({"task": "many_of_many", "columns": [{"kind": "text"}]}, True),
        ({"task": "amount", "columns": [{"kind": "number"}]}, True),
        ({"task": "one_of_many", "columns": [{"kind": "image"}]}, False),
        ({"task": "best_answer", "columns": [{"kind": "text"}]}, False),
        ({"task": "forecast", "series": {}, "columns": []}, False),
    ],
)
def test_rows_are_chosen_for_tables_and_texts(made: dict, suits: bool):
    assert label_next.suits(made) == suits
