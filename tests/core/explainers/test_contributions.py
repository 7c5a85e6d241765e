"""What each column did for an answer, held to the formula of Shapley values."""

from collections.abc import Callable
from itertools import combinations
from math import factorial

import numpy as np
import pytest

from core.answer import Model
from core.explainers import contributions
from core.runs import Run

COLUMNS = ("a", "b", "c", "d")
ROW = {"a": "3", "b": "-1", "c": "2", "d": "0.5"}
DICE = np.random.default_rng(5)
OTHERS = {name: [f"{value:.3f}" for value in DICE.normal(size=128)] for name in COLUMNS}


def twisted(rows):
    """No sum of its columns: two of them work together, and one turns round at 0."""
    a, b, c, d = (np.array(rows[name], dtype=float) for name in COLUMNS)
    return a * b + np.abs(c) - 2 * d


def exact(ask):
    """The formula: over all sets of other columns, how much the column adds, weighed by the set's size (Shapley, 1953)."""

    def worth(chosen):
        return ask({name: [ROW[name]] * 128 if name in chosen else OTHERS[name] for name in COLUMNS}).mean()

    count, found = len(COLUMNS), {}
    for name in COLUMNS:
        rest = [other for other in COLUMNS if other != name]
        found[name] = sum(
            factorial(size) * factorial(count - size - 1) / factorial(count) * (worth({*some, name}) - worth(set(some)))
            for size in range(count) for some in combinations(rest, size)
        )  # fmt: skip
    return found


def test_parts_are_shapley_values_within_their_errors():
    found, expected = contributions.explain(twisted, ROW, OTHERS, COLUMNS), exact(twisted)
    for name in COLUMNS:
        assert abs(found.parts[name] - expected[name]) <= 3 * found.errors[name] + 1e-9
    assert found.errors["a"] > 0
    assert found.parts["d"] == pytest.approx(expected["d"]), "what adds up alone is exact in every order"


def test_parts_add_up_to_what_this_row_gets_less_what_usual_rows_get():
    found = contributions.explain(twisted, ROW, OTHERS, COLUMNS)
    assert found.said == pytest.approx(twisted({name: [value] for name, value in ROW.items()})[0])
    assert found.usual == pytest.approx(twisted(OTHERS).mean())
    assert sum(found.parts.values()) == pytest.approx(found.said - found.usual)


def test_a_column_that_does_nothing_gets_nothing():
    found = contributions.explain(lambda rows: np.array(rows["a"], dtype=float), ROW, OTHERS, COLUMNS)
    assert [found.parts[name] for name in "bcd"] == [0, 0, 0]
    assert [found.errors[name] for name in "bcd"] == [0, 0, 0]


@pytest.mark.heavy
@pytest.mark.parametrize("task", ["yes_no", "one_of_many", "amount"])
def test_a_models_answer_is_taken_apart(trained: Callable[[str], Run], task: str):
    run = trained(task)
    model = Model.open(run)
    row = {"size": "14.5", "colour": "red", "class": ""}
    found = contributions.of_row(model, run.folder, row)
    said = model.answer({name: [text] for name, text in row.items()})
    if task == "amount":
        assert (found.answer, found.said) == ("", pytest.approx(float(said["prediction"][0])))
    else:
        assert found.answer == said["prediction"][0]
        assert found.said == pytest.approx(said["probabilities"].max(), abs=1e-6)
    assert found.parts.keys() == set(model.columns)
    assert found == contributions.of_row(model, run.folder, row), "asked again, it says the same"
