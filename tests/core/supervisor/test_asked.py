"""What is asked of runs that nobody holds is done, and who does not wait any more leaves the line."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from filelock import FileLock

from core import runs
from core.runs import Run, states
from core.runs.queue import lock_path
from core.supervisor import asked
from tests.core.runs.test_folder import spec
from tests.core.runs.test_interruptions import kept, running


@pytest.fixture(autouse=True)
def nobody_serves() -> Iterator[None]:
    with FileLock(lock_path()):  # who holds it is the supervisor: so none starts
        yield


def queued() -> Run:
    run = runs.create(spec())
    runs.submit(run)
    return run


def begun() -> Run:
    run = queued()
    kept(run, 25)
    return run


def paused() -> Run:
    run = runs.create(spec())
    kept(run, 25)
    states.step(run.folder, "paused")
    runs.request_pause(run)
    return run


def outcome(run: Run) -> tuple[str, bool]:
    return run.state().name, run.id in [id for _, id in runs.waiting()]


@pytest.mark.parametrize(
    ("made", "asks", "name", "waits"),
    [
        (queued, [], "queued", True),
        (queued, [runs.request_stop], "stopped", False),
        (queued, [runs.request_pause], "paused", False),
        (queued, [runs.request_pause, runs.request_stop], "stopped", False),
        (begun, [runs.request_stop], "queued", True),
        (begun, [runs.request_pause], "paused", False),
        (begun, [runs.request_pause, runs.request_stop], "queued", True),
        (paused, [], "paused", False),
        (paused, [runs.request_go_on], "queued", True),
        (paused, [runs.request_go_on, runs.request_pause], "paused", False),
        (paused, [runs.request_stop], "queued", True),
    ],
)
def test_each_wish_is_heeded(made: Callable[[], Run], asks: list[Callable], name: str, waits: bool):
    run = made()
    for ask in asks:
        ask(run)
    asked.heed(())
    assert outcome(run) == (name, waits)


def test_a_run_that_goes_on_is_first_and_one_that_paused_while_it_waited_keeps_nobody_waiting():
    first, second, third = queued(), paused(), queued()
    runs.request_go_on(second)
    runs.request_pause(first)
    asked.heed(())
    assert [id for _, id in runs.waiting()] == [second.id, third.id]


@pytest.mark.parametrize("made", [queued, begun, paused, running])
def test_who_is_discarded_is_gone_whole_and_alone(made: Callable[[], Run]):
    run, other = made(), queued()
    runs.discard(run)
    asked.heed(())
    assert not run.folder.exists()
    assert [id for _, id in runs.waiting()] == [other.id]


def test_what_was_deleted_or_runs_already_waits_no_more():
    deleted, twice = queued(), queued()
    shutil.rmtree(deleted.folder)
    states.step(twice.folder, "starting")
    asked.heed([twice])
    assert runs.waiting() == []
    assert twice.state().name == "starting"


def test_a_run_whose_last_process_still_leaves_keeps_its_place():
    run = paused()
    runs.request_go_on(run)
    asked.heed([run])
    assert outcome(run) == ("paused", True)
    asked.heed(())
    assert outcome(run) == ("queued", True)


@pytest.mark.parametrize("damage", ["", "half a stat", "{}"])
def test_a_damaged_run_harms_no_other(damage: str):
    harmed, other = queued(), queued()
    state = harmed.folder / "state.json"
    if damage:
        state.write_text(damage)
    else:
        state.unlink()
    runs.request_stop(other)
    asked.heed(())
    assert runs.waiting() == []
    assert other.state().name == "stopped"
