"""Runs wait in a line that can be reordered and left, and nobody in it is ever lost."""

import threading
from collections.abc import Iterator

import pytest
from filelock import FileLock

from core import home, runs
from core.errors import RunError
from core.runs import Run, line, states
from core.runs.queue import lock_path
from tests.core.runs.test_folder import spec
from tests.core.runs.test_interruptions import kept


@pytest.fixture(autouse=True)
def nobody_serves() -> Iterator[None]:
    with FileLock(lock_path()):  # who holds it is the supervisor: so none starts
        yield


@pytest.fixture
def four() -> list[Run]:
    made = [runs.create(spec()) for _ in range(4)]
    for run in made:
        runs.submit(run)
    return made


def order(among: list[Run]) -> list[int]:
    ids = [run.id for run in among]
    return [ids.index(id) for _, id in runs.waiting()]


@pytest.mark.parametrize(
    ("moved", "before", "expected"),
    [
        (3, 0, [3, 0, 1, 2]),
        (3, 2, [0, 1, 3, 2]),
        (0, 2, [1, 0, 2, 3]),
        (0, None, [1, 2, 3, 0]),
        (2, None, [0, 1, 3, 2]),
        (1, 2, [0, 1, 2, 3]),
        (1, 1, [1, 0, 2, 3]),
    ],
)
def test_a_run_moves_before_another_or_behind_all(
    four: list[Run], moved: int, before: int | None, expected: list[int]
):
    runs.reorder(four[moved], None if before is None else four[before])
    assert order(four) == expected
    later = runs.create(spec())
    runs.submit(later)
    assert order([*four, later]) == [*expected, 4]


def test_many_moves_and_runs_that_go_on_first_keep_everybody(four: list[Run]):
    for number in range(40):
        runs.reorder(four[number % 4], four[(number * 3 + 1) % 4])
    assert sorted(order(four)) == [0, 1, 2, 3]
    late = [runs.create(spec()) for _ in range(3)]
    for run in late:
        runs.submit_first(run)
    assert [id for _, id in runs.waiting()][:3] == [run.id for run in reversed(late)]
    runs.submit_first(four[3])
    assert runs.waiting()[0][1] == four[3].id
    assert len(runs.waiting()) == 7


def test_who_asks_twice_waits_once(four: list[Run]):
    runs.submit(four[0])
    assert order(four) == [0, 1, 2, 3]


def test_a_run_that_has_begun_cannot_be_moved_and_counts_as_the_front(four: list[Run]):
    runs.waiting()[0][0].unlink()
    with pytest.raises(RunError, match="does not wait"):
        runs.reorder(four[0], four[2])
    runs.reorder(four[3], four[0])
    assert order(four) == [3, 1, 2]


def test_a_withdrawn_run_is_stopped_and_can_be_queued_again(four: list[Run]):
    runs.withdraw(four[1])
    assert order(four) == [0, 2, 3]
    state = four[1].state()
    assert (state.name, str(state.reason)) == ("stopped", "You took it out of the line before it began.")
    assert four[1].withdrawn()
    assert four[1].goes_on_from() is None
    with pytest.raises(RunError, match="does not wait"):
        runs.withdraw(four[1])
    runs.request_go_on(four[1])
    assert four[1].state().name == "queued"
    assert order(four) == [0, 2, 3, 1]


def test_a_withdrawn_run_that_had_begun_keeps_what_it_learned(four: list[Run]):
    kept(four[0], 25)
    runs.withdraw(four[0])
    assert "learned so far is kept" in str(four[0].state().reason)
    assert four[0].goes_on_from() == 3
    runs.request_go_on(four[0])
    assert order(four) == [1, 2, 3, 0]


def test_a_run_that_was_stopped_with_a_model_is_not_queued_again(four: list[Run]):
    runs.withdraw(four[0])
    home.write_json(four[0].folder / "results.json", {})
    assert not four[0].withdrawn()
    with pytest.raises(RunError, match="nothing from which"):
        runs.request_go_on(four[0])


def test_only_one_takes_a_run_however_many_try(four: list[Run]):
    path, took = runs.waiting()[0][0], []
    threads = [threading.Thread(target=lambda: took.append(line.take(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in took if one is not None]) == 1
    assert order(four) == [1, 2, 3]


def test_who_was_taken_by_somebody_who_died_waits_again_at_the_same_place(four: list[Run]):
    line.take(runs.waiting()[1][0])
    line.give_back()
    assert order(four) == [0, 1, 2, 3]


def test_an_ended_run_is_discarded_at_once_and_nothing_else(four: list[Run]):
    states.step(four[0].folder, "stopped")
    runs.discard(four[0])
    assert not four[0].folder.exists()
    assert {run.id for run in runs.everything()} == {run.id for run in four[1:]}


def test_a_run_that_is_being_discarded_is_seen_no_more(four: list[Run]):
    runs.discard(four[3])
    assert four[3].folder.exists()
    assert four[3].id not in [run.id for run in runs.everything()]
    assert runs.waiting()[0][1] == four[3].id  # the supervisor looks at it first
