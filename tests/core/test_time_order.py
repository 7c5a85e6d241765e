"""Rows that follow a column of times are told from rows that only have a date."""

import numpy as np
import pytest

from core.goal import Split
from core.profile import profile
from core.split import by_time
from core.suggest import split_for, suggest, times, why_by_time
from core.time_order import follows, may_count_time
from tests.core.tables import customers

RANDOM = np.random.RandomState(3)
DAYS = np.arange(200.0)
MONTHS = np.arange("2000-01", "2015-01", dtype="datetime64[M]").astype("datetime64[D]").astype(float)


@pytest.mark.parametrize(
    ("moments", "said"),
    [
        (DAYS, "up"),
        (DAYS[::-1], "down"),
        (np.repeat(DAYS, 3), "up"),
        (np.where(np.arange(200) % 50 == 7, 0.0, DAYS), "up"),
        (RANDOM.permutation(np.tile(MONTHS, 4)), "regular"),
        (RANDOM.permutation(DAYS), "regular"),
        (RANDOM.permutation(np.repeat(DAYS, 54)), "regular"),
        (RANDOM.randint(0, 365, 8_000).astype(float), ""),
        (RANDOM.randint(0, 4_000, 300).astype(float), ""),
        (RANDOM.permutation(np.cumsum(RANDOM.exponential(5, 300))), ""),
        (np.r_[np.full(100, np.nan), DAYS[:100]], ""),
        (np.arange(10.0), ""),
        (np.zeros(0), ""),
    ],
)
def test_rows_follow_the_time_where_their_order_or_the_moments_do(moments: np.ndarray, said: str):
    assert follows(moments) == said


@pytest.mark.parametrize(
    ("words", "numbers", "counts"),
    [
        ({"day"}, np.repeat(DAYS, 24), True),
        ({"age"}, np.repeat(DAYS, 24), False),
        ({"year", "built"}, RANDOM.permutation(DAYS), False),
        ({"month"}, np.tile(np.arange(12.0), 9), False),
        ({"time"}, DAYS + 0.5, False),
        ({"day"}, np.r_[DAYS, np.nan], False),
    ],
)
def test_numbers_count_time_only_where_they_are_called_so(words: set[str], numbers: np.ndarray, counts: bool):
    assert may_count_time(frozenset(words), numbers) is counts


def test_the_latest_rows_are_the_test_where_rows_follow_a_date():
    table = customers(300).sort_values("since", ignore_index=True)
    facts = profile(table)
    found = suggest(facts, "price").goal.split
    assert found == Split(by="time", time_column="since")
    assert "“since”" in str(why_by_time(found))
    assert times(facts, "since") == []
    assert split_for(facts, "since").by == "chance"


def test_a_date_that_is_only_an_attribute_divides_nothing():
    assert suggest(profile(customers(300)), "price").goal.split == Split()


def test_rows_of_one_moment_stay_on_one_side():
    moments = np.repeat(np.arange(10.0), 7)
    sides = by_time(np.arange(70), moments, Split(by="time", validation=0.15, test=0.15))
    kept = {side: set(moments[rows]) for side, rows in sides.items()}
    assert kept == {"train": set(range(7)), "validation": {7}, "test": {8, 9}} or not (
        kept["train"] & kept["validation"] | kept["validation"] & kept["test"]
    )
    assert all(len(rows) for rows in sides.values())


def test_one_moment_for_all_rows_still_gives_three_sides():
    sides = by_time(np.arange(20), np.zeros(20), Split(by="time"))
    assert [len(sides[side]) for side in ("train", "validation", "test")] == [14, 3, 3]
