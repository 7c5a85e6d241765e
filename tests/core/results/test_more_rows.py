"""Whether more rows would help: curves whose truth is known are drawn on rightly, and said in plain words."""

import numpy as np
import pytest
from pandas import DataFrame

from core.results import more_rows, stand_in

SIZES = [20, 40, 80, 140, 200]


def scores(floor: float, slope: float, bend: float, noise: float = 0.0) -> np.ndarray:
    dice = np.random.default_rng(3)
    true = 1 - (floor + slope * np.array(SIZES, float) ** -bend)
    return true + noise * dice.normal(size=(more_rows.DRAWS, len(SIZES)))


def found(*law: float) -> dict:
    measured = scores(*law)
    return {
        "sizes": SIZES,
        "scores": measured,
        "classes": True,
        "next": more_rows.foretold(SIZES, measured, 200),
    }


@pytest.mark.parametrize(("floor", "slope", "bend"), [(0.1, 1.5, 0.5), (0.0, 2.0, 0.7), (0.3, 0.5, 1.0)])
def test_a_power_law_is_drawn_on_to_what_it_will_be(floor: float, slope: float, bend: float):
    gain = slope * 200**-bend - slope * 400**-bend
    assert found(floor, slope, bend)["next"]["gain"] == pytest.approx(gain, abs=0.002)


def test_luck_makes_the_range_wide_and_the_truth_lies_in_it():
    told = more_rows.foretold(SIZES, scores(0.1, 1.5, 0.5, 0.02), 200)
    assert told["low"] < 1.5 * 200**-0.5 - 1.5 * 400**-0.5 < told["high"]
    assert told["high"] - told["low"] > 0.005


def test_a_flat_curve_says_that_more_would_hardly_help():
    assert "would hardly help" in str(more_rows.told(found(0.25, 0.0, 1.0)))


def test_a_rising_curve_says_how_many_points_twice_as_many_bring():
    assert str(more_rows.told(found(0.1, 1.5, 0.5))).startswith(
        "Twice as many rows would bring about 3.1 points"
    )


def test_what_may_be_luck_is_said_to_be():
    unsure = {"next": {"gain": 0.006, "low": 0.0, "high": 0.03}}
    assert (
        str(more_rows.told(unsure))
        == "Twice as many rows would bring 3 points of 100 at most, and perhaps nothing."
    )


def test_rows_that_judge_never_train_and_every_draw_takes_others():
    met = []

    def learn(train: np.ndarray, judge: np.ndarray) -> float:
        assert not set(train) & set(judge)
        met.append(tuple(judge))
        return 0.5

    groups = np.array([0] * 40 + [1] * 20)
    more_rows.measure(groups, 60, learn)
    assert len(set(met)) == more_rows.DRAWS
    for judge in set(met):
        assert 3 <= (groups[list(judge)] == 1).sum() <= 7


@pytest.mark.heavy
def test_a_stand_in_learns_from_numbers_and_gets_better_with_more():
    dice = np.random.default_rng(1)
    values = dice.normal(size=(400, 20))
    truth = (values @ dice.normal(size=20) + dice.normal(size=400) > 0).astype(int)
    learned = more_rows.measure(truth, 400, stand_in.learner(values, truth, classes=True))
    means = np.mean(learned["scores"], axis=0)
    assert means[-1] > means[0] + 0.1


@pytest.mark.heavy
def test_an_amount_is_explained_to_a_share_that_is_never_below_nothing():
    dice = np.random.default_rng(1)
    values = dice.normal(size=(100, 3))
    learn = stand_in.learner(values, values @ [1.0, 2.0, 3.0], classes=False)
    assert learn(np.arange(60), np.arange(60, 100)) > 0.99
    random = stand_in.learner(values, dice.normal(size=100), classes=False)
    assert 0 <= random(np.arange(10), np.arange(60, 100)) < 0.3


@pytest.mark.heavy
def test_texts_stand_beside_other_columns_by_what_they_mean():
    made = {
        "task": "one_of_many", "target": {"classes": ["a", "b"]},
        "columns": [
            {"column": "remark", "kind": "text", "input": "texts"},
            {"column": "size", "kind": "category", "input": "categories", "start": 0, "parse": {"as": "text"},
             "features": [{"make": "code", "values": ["s", "m"]}]},
        ],
    }  # fmt: skip
    rows = DataFrame({"remark": ["good phone", "bad phone"], "size": ["s", "?"]})
    values = stand_in.features(made, rows)
    assert values.shape == (2, 512 + 3)


@pytest.mark.parametrize(
    ("made", "suits"),
    [
        ({"task": "yes_no", "columns": [{"kind": "text"}]}, True),
        ({"task": "amount", "columns": [{"kind": "number"}]}, True),
        ({"task": "one_of_many", "columns": [{"kind": "image"}]}, False),
        ({"task": "many_of_many", "columns": [{"kind": "text"}]}, False),
        ({"task": "forecast", "series": {}, "columns": []}, False),
    ],
)
def test_it_stands_in_for_tables_and_texts(made: dict, suits: bool):
    assert stand_in.suits(made) == suits
