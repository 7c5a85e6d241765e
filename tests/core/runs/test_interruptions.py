"""An interrupted run goes on by itself as long as there is hope, and on a click after that."""

import json
import zipfile
from pathlib import Path

import pytest

from core import runs
from core.errors import RunError
from core.runs import Run, checkpoint, states
from core.words import Sentence
from tests.core.runs.test_folder import spec

WHY = Sentence("It is gone."), Sentence("Train again.")


def kept(run: Run, steps: int, version: int = checkpoint.VERSION) -> None:
    """What a worker leaves, as far as it concerns who reads no arrays."""
    about = {"version": version, "position": {"epoch": 1 + steps // 10, "steps": steps}}
    with zipfile.ZipFile(run.folder / checkpoint.NAME, "w") as archive:
        archive.writestr(checkpoint.ABOUT, json.dumps(about))


def running(name: str = "running") -> Run:
    run = runs.create(spec())
    for following in ("starting", "running", "paused")[: ("starting", "running", "paused").index(name) + 1]:
        states.step(run.folder, following)
    return run


def again(run: Run, name: str = "running") -> None:
    for following in ("starting", "running", "paused")[: ("starting", "running", "paused").index(name) + 1]:
        states.step(run.folder, following)


def test_without_a_checkpoint_it_begins_anew_three_times_and_then_it_is_crashed():
    run = running()
    for _ in range(3):
        assert runs.interrupted(run.folder, *WHY)
        assert "begins anew" in str(run.state().reason)
        again(run)
    assert not runs.interrupted(run.folder, *WHY)
    state = run.state()
    assert (state.name, str(state.reason), str(state.fix)) == ("crashed", "It is gone.", "Train again.")
    assert run.events()[0][-1]["state"] == "crashed"
    assert run.goes_on_from() is None
    with pytest.raises(RunError, match="nothing from which"):
        runs.request_go_on(run)


def test_it_goes_on_three_times_without_coming_further_and_as_often_as_it_does_come_further():
    run = running()
    went_on = []
    for steps in (5, 5, 6, 7, 7, 7, 7):
        kept(run, steps)
        went_on.append(runs.interrupted(run.folder, *WHY))
        if went_on[-1]:
            again(run)
    assert went_on == [True] * 6 + [False]
    assert run.state().name == "crashed"
    assert run.goes_on_from() == 1


def test_while_it_is_paused_no_interruption_counts():
    run = running("paused")
    kept(run, 5)
    for _ in range(6):
        assert runs.interrupted(run.folder, *WHY)
        again(run, "paused")


@pytest.mark.parametrize("end", ["crashed", "failed"])
def test_going_on_is_asked_for_forgives_and_withdraws_a_stop(end: str, workspace: Path):
    run = running()
    kept(run, 25)
    states.step(run.folder, end)
    (run.folder / "interruptions.json").write_text('{"count": 4, "steps": 25}')
    runs.request_stop(run)
    with runs.queue.FileLock(runs.queue.lock_path()):  # who holds it is the supervisor: so none starts
        assert run.goes_on_from() == 3
        runs.request_go_on(run)
    assert run.state().name == "queued"
    assert not run.stop_asked()
    assert [id for _, id in runs.waiting()] == [run.id]
    again(run)
    assert runs.interrupted(run.folder, *WHY)


def test_a_pause_is_a_file_and_a_run_that_was_interrupted_waits_in_front():
    first, second = runs.create(spec()), runs.create(spec())
    runs.request_pause(first)
    assert first.pause_asked()
    runs.request_go_on(first)
    assert not first.pause_asked()
    with runs.queue.FileLock(runs.queue.lock_path()):
        runs.submit(second)
        runs.submit_first(first)
    assert [id for _, id in runs.waiting()] == [first.id, second.id]


@pytest.mark.parametrize("content", [b"", b"no zip file", None])
def test_a_checkpoint_that_cannot_be_read_is_none(content: bytes | None):
    run = running()
    kept(run, 5, version=0)
    if content is not None:
        (run.folder / checkpoint.NAME).write_bytes(content)
    assert checkpoint.about(run.folder) is None
    assert not runs.interrupted(run.folder, *WHY)


def test_where_memory_ran_out_it_goes_on_with_half_as_many_rows_even_from_the_beginning():
    run = running()
    assert runs.interruptions.parts(run.folder) == 1
    for parts in (2, 4):
        assert runs.interrupted(run.folder, *WHY, memory=True)
        assert runs.interruptions.parts(run.folder) == parts
        assert "half as many rows" in str(run.state().reason)
        again(run)
    runs.interruptions.forgive(run.folder)
    assert runs.interruptions.parts(run.folder) == 4  # the memory has not grown
    runs.interruptions.forget(run.folder)
    assert runs.interruptions.parts(run.folder) == 1


def test_the_worker_may_say_itself_that_memory_ran_out_and_says_so_once():
    run = running()
    kept(run, 5)
    runs.interruptions.tell_memory(run.folder)
    assert runs.interrupted(run.folder, *WHY)
    again(run)
    assert runs.interrupted(run.folder, *WHY)
    assert runs.interruptions.parts(run.folder) == 2


def test_there_is_an_end_to_halving():
    run = running()
    went_on = 0
    while runs.interrupted(run.folder, *WHY, memory=True):
        again(run)
        went_on += 1
    assert went_on == 6
    assert run.state().name == "crashed"
    assert "fewest rows" in str(run.state().reason)
