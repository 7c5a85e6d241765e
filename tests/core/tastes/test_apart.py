"""What is kept apart: the latest, never what came before it."""

import numpy as np
import pytest

from core.errors import DataError
from core.goal import Split, Tastes
from core.tastes import apart, divided, read
from core.tastes.apart import TEST, TRAIN, VALIDATION
from tests.core.tastes.tables import taken

TIMED, UNTIMED = Tastes("user", "item", "time"), Tastes("user", "item")


def test_the_latest_of_each_person_tests_and_the_one_before_validates():
    events = read(taken(), TIMED)
    sides = divided(events, Split("last"))
    for person in range(1, 31):
        own = sides.side[events.person == person]
        assert own.tolist() == [TRAIN] * (len(own) - 2) + [VALIDATION, TEST]


def test_a_person_with_two_items_only_trains():
    table = taken()
    few = table[(table["user"] != "u000") | (table.groupby("user").cumcount() < 2)]
    events = read(few, TIMED)
    assert (divided(events, Split("last")).side[events.person == 1] == TRAIN).all()


def test_persons_who_are_so_many_that_they_are_not_asked_about_train_with_all_that_they_did(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(apart, "MOST_VALIDATED", 6)
    monkeypatch.setattr(apart, "MOST_TESTED", 8)
    monkeypatch.setattr(apart, "FEWEST_VALIDATED", 1)
    events = read(taken(), TIMED)
    sides = divided(events, Split("last"))
    assert (len(sides.validation), len(sides.test)) == (6, 8)
    for person in range(1, 31):
        last, before = sides.side[events.person == person][::-1][:2]
        asked = person in sides.validation
        assert (before == VALIDATION) == asked
        assert (last == TRAIN) == (not asked and person not in sides.test)
    assert (sides.side[np.isin(events.person, sides.test)] == TEST).sum() == 8


def test_without_times_one_of_each_is_drawn_the_same_way_for_the_same_seed():
    events = read(taken(), UNTIMED)
    first, again, other = (divided(events, Split("chance", seed=seed)).side for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()
    assert np.bincount(events.person[first == TEST], minlength=31)[1:].tolist() == [1] * 30


def test_a_cut_in_time_lets_nothing_from_later_train():
    events = read(taken(), TIMED)
    sides = divided(events, Split("time", "time", 0.1, 0.2))
    borders = [
        (events.time[sides.side == side].min(), events.time[sides.side == side].max())
        for side in (TRAIN, VALIDATION, TEST)
    ]
    assert borders[0][1] <= borders[1][0]
    assert borders[1][1] <= borders[2][0]


def test_a_cut_that_leaves_nobody_to_ask_is_told():
    table = taken()
    table["time"] = np.where(table["user"] == "u000", "1700000000", "1600000000")
    with pytest.raises(DataError, match="left to test with"):
        divided(read(table, TIMED), Split("time", "time", 0.01, 0.01))
