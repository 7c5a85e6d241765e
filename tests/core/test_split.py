"""Rows are divided in the asked shares, by class, by time, and always alike."""

from dataclasses import replace

import numpy as np
import pytest
from pandas import DataFrame

from core import split
from core.errors import DataError
from core.goal import Goal, Split
from tests.core.tables import customers, goal


@pytest.mark.parametrize("rows", [10, 11, 57, 1_000])
@pytest.mark.parametrize("seed", [1, 2, 99])
def test_every_row_lands_on_exactly_one_side(rows: int, seed: int):
    sides = split.by_chance(np.arange(rows), None, Split(seed=seed))
    assert sorted(np.concatenate(list(sides.values()))) == list(range(rows))


def test_the_same_seed_gives_these_very_rows_on_every_machine():
    sides = split.by_chance(np.arange(20), None, Split(seed=7))
    assert sides["test"].tolist() == [1, 2, 17]
    assert sides["validation"].tolist() == [0, 5, 11]


def test_another_seed_gives_other_rows():
    first, second = (split.by_chance(np.arange(200), None, Split(seed=s))["test"].tolist() for s in (1, 2))
    assert first != second


def test_each_side_has_the_same_share_of_each_class():
    classes = np.array([0] * 700 + [1] * 270 + [2] * 30)
    sides = split.by_chance(np.arange(1000), classes, Split())
    for rows in sides.values():
        shares = np.bincount(classes[rows], minlength=3) / len(rows)
        assert shares == pytest.approx([0.7, 0.27, 0.03], abs=0.012)


def test_a_class_with_a_single_row_trains():
    classes = np.array([0] * 30 + [1] * 30 + [2])
    for seed in range(20):
        assert 60 in split.by_chance(np.arange(61), classes, Split(seed=seed))["train"]


def test_many_small_classes_still_fill_the_sides_in_the_asked_shares():
    classes = np.repeat(np.arange(100), 3)
    sides = split.by_chance(np.arange(300), classes, Split())
    assert len(sides["test"]) == pytest.approx(45, abs=2)
    assert len(sides["validation"]) == pytest.approx(45, abs=2)
    assert len(np.unique(classes[sides["train"]])) == 100


def test_by_time_the_latest_rows_are_the_test_and_rows_without_a_date_train():
    moments = np.array([5.0, 1, 9, 2, np.nan, 7, 8, 3, 4, 6])
    sides = split.by_time(np.arange(10), moments, Split(by="time", validation=0.2, test=0.2))
    assert sides["test"].tolist() == [2, 6]
    assert sides["validation"].tolist() == [5, 9]
    assert 4 in sides["train"]


@pytest.mark.parametrize(("rows", "words"), [(6, "Only 6 rows have"), (1, "Only 1 row has")])
def test_too_few_answers_are_said_with_their_number(rows: int, words: str):
    with pytest.raises(DataError, match=words):
        split.check_enough(rows, "churn")


def test_an_empty_side_is_said_by_its_name():
    sides = {"train": np.arange(20), "validation": np.arange(3), "test": np.arange(0)}
    with pytest.raises(DataError, match="leave no test rows"):
        split.check(sides, "churn")


@pytest.mark.parametrize(("validation", "test"), [(0.6, 0.6), (-0.1, 0.2), (0.2, -0.1), (float("nan"), 0.1)])
def test_shares_that_leave_nothing_to_train_on_are_refused(validation: float, test: float):
    asked = replace(goal(), split=Split(validation=validation, test=test))
    with pytest.raises(DataError, match="kept from training"):
        split.divide(customers(), asked)


@pytest.mark.parametrize(
    "sides", [("train", "test"), ("train", "validation"), ("train", "validation", "test"), ("Train ", "TEST")]
)
def test_rows_are_divided_as_a_column_says_and_the_rest_by_chance(sides: tuple[str, ...]):
    told = [sides[n % len(sides)] for n in range(120)]
    table = DataFrame({"size": [str(n) for n in range(120)], "left": ["yes", "no", "no"] * 40, "split": told})
    asked = Goal(
        "left", "yes_no", ("size",), {"size": "number", "left": "category"}, Split(by="given", column="split")
    )
    made, _ = split.divide(table, asked)
    assert sorted(np.concatenate(list(made.values()))) == list(range(120))
    for side in ("validation", "test"):
        named = [n for n, said in enumerate(told) if said.strip().lower() == side]
        assert not named or made[side].tolist() == named
        assert len(made[side])


def test_a_dividing_column_that_is_not_there_is_named():
    table = DataFrame({"size": ["1"] * 20, "left": ["yes", "no"] * 10})
    asked = Goal("left", "yes_no", ("size",), {"size": "number"}, Split(by="given", column="side"))
    with pytest.raises(DataError, match="no column “side”"):
        split.divide(table, asked)


def test_answers_that_hardly_come_back_are_refused_before_anything_is_prepared() -> None:
    table = DataFrame({"a": ["1"] * 60, "t": [f"answer {min(row, 40)}" for row in range(60)]})
    with pytest.raises(DataError, match="Of 41 different answers in “t”, 40 are given by a single row"):
        split.divide(table, Goal("t", "one_of_many", ("a",), {"a": "number", "t": "category"}))


def test_a_few_answers_given_once_are_no_reason_to_refuse() -> None:
    table = DataFrame({"a": ["1"] * 60, "t": [f"answer {max(row, 50)}" for row in range(60)]})
    sides, left_out = split.divide(table, Goal("t", "one_of_many", ("a",), {"a": "number", "t": "category"}))
    assert (sum(map(len, sides.values())), left_out) == (60, 0)


def grouped(sizes: list[int], seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Names of rows in mixed order, and classes of which some groups have more."""
    dice = np.random.default_rng(seed)
    names = dice.permutation(np.repeat([f"p{n}" for n in range(len(sizes))], sizes))
    often = {f"p{n}": n % 3 == 0 for n in range(len(sizes))}
    return names, np.array([int(dice.random() < (0.8 if often[name] else 0.2)) for name in names])


@pytest.mark.parametrize("seed", range(5))
def test_all_rows_of_one_stay_together_and_the_sides_have_the_asked_shares(seed: int):
    names, classes = grouped([1 + n % 9 for n in range(120)], seed)
    rows = np.arange(1_000, 1_000 + len(names))
    sides = split.by_group(rows, names, classes, Split(by="group", column="who", seed=seed))
    whose = {side: set(names[found - 1_000]) for side, found in sides.items()}
    assert sum(map(len, whose.values())) == 120, "nobody is on two sides"
    assert sorted(np.concatenate(list(sides.values()))) == rows.tolist()
    for side, share in (("test", 0.15), ("validation", 0.15)):
        assert len(sides[side]) == pytest.approx(share * len(names), rel=0.1)
        assert classes[sides[side] - 1_000].mean() == pytest.approx(classes.mean(), abs=0.04)


def test_one_with_very_many_rows_trains():
    names = np.array(["whale"] * 700 + [f"p{n % 60}" for n in range(300)])
    sides = split.by_group(np.arange(1_000), names, None, Split(by="group", column="who"))
    assert set(range(700)) <= set(sides["train"].tolist())
    assert len(sides["test"]) == pytest.approx(150, abs=20)


def test_rows_without_a_name_are_drawn_one_by_one():
    names = np.array([" p1 ", "p1", *[""] * 40, *[f"q{n}" for n in range(20)]])
    sides = split.by_group(np.arange(len(names)), names, None, Split(by="group", column="who"))
    nameless = [np.isin(range(2, 42), found).sum() for found in sides.values()]
    assert all(nameless), "they are on every side"
    assert any({0, 1} <= set(found.tolist()) for found in sides.values())


def test_too_few_names_get_two_sentences():
    with pytest.raises(DataError, match="“who” names only 3") as caught:
        split.by_group(np.arange(90), np.array(["a", "b", "c"] * 30), None, Split(by="group", column="who"))
    assert "divide by chance" in str(caught.value.fix)


def test_a_table_is_divided_by_whose_rows_they_are():
    table = customers(300).assign(who=[f"c{n % 50}" for n in range(300)])
    asked = replace(goal(), split=Split(by="group", column="who"))
    sides, _ = split.divide(table, asked)
    whose = [set(table["who"].iloc[rows]) for rows in sides.values()]
    assert sum(map(len, whose)) == 50
