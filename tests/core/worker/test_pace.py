"""Which way the steps go follows from what their first ones took, at fixed steps."""

from math import inf
from typing import Any

import pytest

from core.worker.pace import FIRST, HALVED, MEASURED, TRIED, Chosen, Pace, Way, kept, remember, remembered

pytestmark = pytest.mark.heavy


def walk(
    pace: Pace, plain: float, fast: float, upto: int = 200, compiling: float = 2.0, mixed: float = 0.0
) -> list[tuple[int, Way]]:
    """The calls of a run whose steps take so many seconds."""
    taken, calls = 0, []
    while taken < upto:
        count, way = pace.next(taken, 0.1)
        if not any(way == other for _, other in calls):
            pace.got_ready(way, compiling)
        pace.took(taken, count, count * (mixed if way.mixed else fast if way.fast else plain))
        calls.append((taken, way))
        taken += count
    return calls


def compiled_from(calls: list[tuple[int, Way]]) -> list[int]:
    return [taken for taken, way in calls if way.fast]


@pytest.mark.parametrize(
    ("expected", "compile_seconds", "fast", "tried", "chosen"),
    [
        (100_000, 2.0, 0.0002, True, True),
        (100_000, 2.0, 0.0011, True, False),
        (100_000, 2.0, 0.00099, True, False),  # too little to be sure of
        (100, 2.0, 0.0002, False, False),
        (100_000, inf, 0.0002, False, False),
    ],
)
def test_compiling_is_tried_where_it_may_pay_and_kept_where_it_does(
    expected: int, compile_seconds: float, fast: float, tried: bool, chosen: bool
):
    decided: list[Chosen] = []
    pace = Pace(expected, compile_seconds, decided=decided.append)
    calls = walk(pace, 0.001, fast)
    assert decided == [pace.chosen]
    assert (pace.chosen.tried, pace.chosen.fast) == (tried, chosen)
    assert pace.chosen.plain_seconds == pytest.approx(0.001)
    assert not any(taken < MEASURED for taken in compiled_from(calls))
    assert any(taken >= TRIED for taken in compiled_from(calls)) == chosen
    assert {FIRST, MEASURED} <= {taken for taken, _ in calls}
    if tried:
        assert {TRIED} <= {taken for taken, _ in calls}
        assert pace.chosen.fast_seconds == pytest.approx(fast)
        assert pace.chosen.compile_seconds == 2.0


@pytest.mark.parametrize(
    "chosen", [Chosen(True, True, 0.1), Chosen(True, False, 0.1), Chosen(False, False, 0.1)]
)
def test_who_knows_the_choice_takes_every_step_by_the_way_of_who_measured(chosen: Chosen):
    fast = {True: 0.0002, False: 0.002}[bool(chosen.fast)]
    measuring = Pace(100_000 if chosen.tried else 1, 2.0)
    way = {False: [], True: []}
    for pace in (measuring, Pace(5, inf, chosen)):
        for taken, compiled in walk(pace, 0.001, fast):
            way[pace is measuring].append((taken, compiled))
    borders = range(0, 200)
    at = {who: [max(c for c in calls if c[0] <= step)[1] for step in borders] for who, calls in way.items()}
    assert at[True] == at[False]


@pytest.mark.parametrize(
    ("mixed", "expected", "tried", "chosen"),
    [
        (0.005, 100_000, True, True),
        (0.009, 100_000, True, False),  # too little for the digits that it costs
        (0.005, 500, False, False),  # not worth making it ready
    ],
)
@pytest.mark.parametrize("compile_seconds", [inf, 0.5])
def test_mixed_precision_is_tried_where_it_may_pay_and_kept_where_it_does(
    mixed: float, expected: int, tried: bool, chosen: bool, compile_seconds: float
):
    decided: list[Chosen] = []
    pace = Pace(expected, compile_seconds, decided=decided.append, mixed=None)
    calls = walk(pace, 0.01, 0.0102, mixed=mixed)  # compiling gains nothing
    assert decided == [pace.chosen]
    assert (pace.chosen.mixed_tried, pace.chosen.mixed) == (tried, chosen)
    half = [taken for taken, way in calls if way.mixed]
    assert bool(half) == tried
    assert not any(taken < TRIED for taken in half)
    assert any(taken >= HALVED for taken in half) == chosen
    again = walk(Pace(5, inf, pace.chosen), 0.01, 0.0102, mixed=mixed)
    for calls_of in (calls, again):  # who knows the choice takes each step by the same way
        ways = [max(call for call in calls_of if call[0] <= step)[1] for step in range(200)]
        assert ways == [max(call for call in calls if call[0] <= step)[1] for step in range(200)]


@pytest.mark.parametrize("compiled", [False, True])
def test_mixed_precision_is_measured_also_where_compiling_is_asked_for_or_forbidden(compiled: bool):
    asked = Chosen(tried=compiled, fast=compiled, mixed=None, mixed_tried=True)
    pace = Pace(100_000, inf, asked)
    walk(pace, 0.01, 0.01, mixed=0.005)
    assert pace.chosen.mixed
    assert "5.00 ms for each instead of 10.00 ms" in told(pace.chosen)


def test_mixed_precision_that_is_asked_for_is_not_measured():
    pace = Pace(100, inf, mixed=True)
    calls = walk(pace, 0.001, 0.001, mixed=0.002)
    assert all(way.mixed for taken, way in calls if taken >= TRIED)
    assert "as you asked" in told(pace.chosen)


def test_calls_last_as_long_as_they_are_meant_to_however_the_steps_change():
    pace = Pace(100, inf)
    walk(pace, 0.001, 0.001)
    assert pace.next(300, 0.1)[0] == 100
    for _ in range(5):
        pace.took(300, 10, 0.1)
    assert pace.next(300, 0.1)[0] == 10


def told(chosen: Chosen) -> str:
    return str(chosen.words())


def test_the_choice_is_said_with_its_reason():
    assert "0.20 ms" in told(Chosen(True, True, 0.001, 0.0002, 2.0))
    assert "not compiled" in told(Chosen(True, False, 0.001, 0.002, 2.0))
    assert "would not pay" in told(Chosen(False, False, 0.001))
    assert "as you asked" in told(Chosen(True, True))
    assert "1.00 ms for each instead of 2.00 ms" in told(
        Chosen(True, True, 0.003, 0.002, 2.0, mixed_tried=True, mixed=True, mixed_seconds=0.001)
    )


def test_a_choice_is_remembered_for_the_same_and_for_nothing_else(workspace: Any):
    remember({"graph": 1}, Chosen(True, True, 0.1, 0.05, 2.0))
    assert remembered({"graph": 1}) == Chosen(True, True, 0.1, 0.05, 2.0)
    assert remembered({"graph": 2}) is None
    assert kept(None) is None
