"""What would change an answer, asked of rules whose smallest changes are known."""

from collections.abc import Callable

import numpy as np
import pytest

from core.answer import Model
from core.explainers import changes
from core.runs import Run

NUMBER, TEXT = {"parse": {"as": "number"}}, {"parse": {"as": "text"}}
TRIED = {
    "age": [("20", 1.0), ("30", 2.0), ("40", 3.0)],
    "pay": [("5", 0.5), ("9", 1.5)],
    "city": [("Rome", 1.0), ("Oslo", 1.0)],
}


def ruled(rule: Callable[[dict[str, str]], float], at_least: float) -> changes.Measure:
    """Measures changes of a row in which nothing is chosen yet."""

    def measure(tried):
        near = np.array([rule(dict(change)) for change in tried])
        return near, near >= at_least

    return measure


def test_the_nearest_value_of_each_column_that_leads_there_comes_first():
    def rule(row):
        return float(int(row.get("age", 0)) >= 30 or int(row.get("pay", 0)) >= 9 or row.get("city") == "Oslo")

    found = changes.explain(ruled(rule, 1), TRIED)
    assert found == [(("city", "Oslo"),), (("pay", "9"),), (("age", "30"),)]


def test_two_columns_are_changed_where_none_leads_there_alone():
    def rule(row):
        return float(row.get("age", 0)) / 40 + (row.get("city") == "Oslo")

    found = changes.explain(ruled(rule, 1.5), TRIED)
    assert found == [(("age", "20"), ("city", "Oslo"))]


def test_three_columns_are_changed_where_two_do_not_lead_there():
    def rule(row):
        return (row.get("age") == "40") + (row.get("pay") == "9") + (row.get("city") == "Rome")

    assert changes.explain(ruled(rule, 3), TRIED) == [(("age", "40"), ("city", "Rome"), ("pay", "9"))]


def test_where_no_change_leads_there_none_is_made_up():
    assert changes.explain(ruled(lambda row: len(row), 4), TRIED) == []
    assert changes.explain(ruled(lambda row: 0, 1), {}) == []


def test_numbers_lie_as_far_as_they_differ_and_other_words_lie_one_away():
    far = dict(changes.values(NUMBER, "10", ["10", "20", "30", "", "x", "20"]))
    assert far == {"20": 2.0, "30": 4.0}, "in distances between the quartiles"
    assert dict(changes.values(TEXT, "a", ["a", "b", "", "c", "b"])) == {"b": 1.0, "c": 1.0}


def test_where_the_row_has_no_number_every_other_lies_as_far():
    assert {far for _, far in changes.values(NUMBER, "", ["1", "2", "900"])} == {1.0}


def test_a_column_without_another_value_is_not_changed():
    assert changes.values(NUMBER, "7", ["7", "", "?"]) == []


@pytest.mark.heavy
def test_a_model_says_otherwise_to_the_changed_row(trained: Callable[[str], Run]):
    run = trained("yes_no")
    model = Model.open(run)
    row = {"size": "14.5", "colour": "red", "class": "a"}
    now = model.answer({name: [text] for name, text in row.items()})["prediction"][0]
    found = changes.of_row(model, run.folder, row, ["size", "colour"])
    assert found
    for way in found:
        changed = row | dict(way.changes)
        said = model.answer({name: [text] for name, text in changed.items()})
        assert said["prediction"][0] == way.said != now
        assert changed["class"] == row["class"], "it may not change"
        assert way.chance == pytest.approx(said["probabilities"].max(), abs=1e-6)


@pytest.mark.heavy
@pytest.mark.parametrize("up", [True, False])
def test_an_amount_is_reached_from_either_side(trained: Callable[[str], Run], up: bool):
    run = trained("amount")
    model = Model.open(run)
    row = {"size": "10", "colour": "red", "class": "a"}
    now = float(model.answer({name: [text] for name, text in row.items()})["prediction"][0])
    wanted = now + (1 if up else -1)
    found = changes.of_row(model, run.folder, row, model.columns, wanted)
    assert found
    assert all(way.said >= wanted if up else way.said <= wanted for way in found)
    assert all(way.chance is None for way in found)
