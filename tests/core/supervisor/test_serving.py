"""The supervisor runs the queue, notices the dead, and what dies with it is found by the next one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from core import runs
from core.errors import RunError
from core.runs import Run, checkpoint, queue
from core.words import Sentence
from tests.core.supervisor.conftest import ENDLESS, ended, supervisor_pid, trains, until

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent.parent


def test_a_run_that_is_asked_for_gets_done(ask: Callable[..., Run]):
    run = ask(epochs=3)
    until(ended(run))
    assert run.state().name == "done", (run.folder / "log.txt").read_text()
    assert run.results()["epochs"] == 3


def kill(run: Run) -> None:
    """The worker is gone, as if the system had killed it."""
    until(lambda: run.state().name == "running")
    os.kill(run.state().pid, signal.SIGKILL)


def goes_on(run: Run) -> Callable[[], bool]:
    """Whether it trains again since an interruption."""

    def holds() -> bool:
        kinds = [event["kind"] for event in run.events()[0]]
        return "resumed" in kinds and "steps" in kinds[kinds.index("resumed") :]

    return holds


def test_a_killed_run_goes_on_by_itself_before_those_that_wait(ask: Callable[..., Run]):
    run, following = ask(**ENDLESS), ask(epochs=2)
    until(trains(run))
    until(lambda: checkpoint.exists(run.folder))
    kill(run)
    until(goes_on(run))
    assert following.state().name == "queued"
    resumed = next(event for event in run.events()[0] if event["kind"] == "resumed")
    said = str(Sentence.from_json(resumed["text"]))
    assert said == f"Training was interrupted at epoch {resumed['epoch']} and goes on from there."
    epochs = [event["epoch"] for event in run.events()[0] if event["kind"] == "epoch"]
    assert epochs == list(range(1, len(epochs) + 1))
    runs.request_stop(run)
    until(ended(following))
    assert (run.state().name, following.state().name) == ("stopped", "done")


def test_a_run_that_dies_again_and_again_is_called_crashed_and_goes_on_when_asked(ask: Callable[..., Run]):
    run = ask(**ENDLESS)
    until(lambda: checkpoint.exists(run.folder))
    dead = 0
    for _ in range(12):  # as soon as it is back, before it comes any further
        until(
            lambda dead=dead: run.state().ended or (run.state().name == "running" and run.state().pid != dead)
        )
        if run.state().ended:
            break
        dead = run.state().pid
        os.kill(dead, signal.SIGKILL)
    until(ended(run))
    state = run.state()
    assert (state.name, "signal 9" in str(state.reason)) == ("crashed", True)
    assert "go on from here" in str(state.fix)
    until(lambda: run.events()[0][-1]["kind"] == "end")
    assert run.goes_on_from() >= 1
    runs.request_go_on(run)
    until(goes_on(run))
    assert "end" not in [event["kind"] for event in run.events()[0]]
    runs.request_stop(run)
    until(ended(run))
    assert run.state().name == "stopped"


def test_a_run_that_dies_before_it_kept_anything_begins_anew(ask: Callable[..., Run]):
    run = ask(**ENDLESS)
    until(lambda: run.state().pid)
    dead = run.state().pid
    os.kill(dead, signal.SIGKILL)
    until(lambda: run.state().pid not in (0, dead))
    until(trains(run))
    assert len([event for event in run.events()[0] if event["kind"] == "begin"]) == 1
    runs.request_stop(run)
    until(ended(run))
    assert run.state().name == "stopped"


def test_a_run_that_leaves_nothing_again_and_again_is_called_crashed(ask: Callable[..., Run]):
    run = ask(**ENDLESS)
    dead = set()
    while not run.state().ended:
        pid = run.state().pid
        if pid and pid not in dead:
            os.kill(pid, signal.SIGKILL)
            dead.add(pid)
            (run.folder / checkpoint.NAME).unlink(missing_ok=True)  # it may have been quick
    assert (run.state().name, len(dead)) == ("crashed", 4)
    assert run.goes_on_from() is None
    with pytest.raises(RunError, match="nothing from which"):
        runs.request_go_on(run)


def test_a_stopped_run_keeps_its_best_and_is_tested(ask: Callable[..., Run]):
    run = ask(**ENDLESS)
    until(trains(run))
    asked = time.time()
    runs.request_stop(run)
    until(ended(run))
    assert run.state().name == "stopped"
    last = [event for event in run.events()[0] if event["kind"] == "epoch"][-1]
    assert last["at"] - asked < 30  # long before its epochs would be over
    assert run.results()["best_epoch"] <= last["epoch"]
    assert (run.folder / "model.onnx").exists()


def test_a_run_that_waits_can_be_stopped_or_deleted(ask: Callable[..., Run]):
    first, stopped, deleted = ask(**ENDLESS), ask(epochs=1), ask(epochs=1)
    until(trains(first))
    runs.request_stop(stopped)
    shutil.rmtree(deleted.folder)
    until(ended(stopped))
    assert stopped.state().name == "stopped"
    until(lambda: not runs.waiting())
    runs.request_stop(first)
    until(ended(first))


def test_a_run_that_is_asked_for_twice_runs_once(ask: Callable[..., Run]):
    run = ask(**ENDLESS)
    runs.submit(run)
    until(trains(run))
    runs.submit(run)
    until(lambda: not runs.waiting())
    runs.request_stop(run)
    until(ended(run))
    assert run.state().name == "stopped"
    assert queue.supervisor_lives()


def test_a_second_supervisor_gives_way(ask: Callable[..., Run]):
    done = subprocess.run([sys.executable, "-m", "core.supervisor"], cwd=ROOT, timeout=30, check=False)
    assert done.returncode == 0
    assert psutil.pid_exists(supervisor_pid())
    assert queue.supervisor_lives()


def test_when_the_supervisor_dies_its_run_leaves_and_goes_on_under_the_next(own: Callable[..., Run]):
    run = own(**ENDLESS)
    until(trains(run))
    os.kill(supervisor_pid(), signal.SIGKILL)
    until(lambda: not queue.supervisor_lives())
    following = own(epochs=1)
    until(goes_on(run))
    assert following.state().name == "queued"
    runs.request_stop(run)
    until(ended(following))
    assert (run.state().name, following.state().name) == ("stopped", "done")


@pytest.mark.parametrize("paused", [False, True])
def test_when_everything_dies_the_next_supervisor_goes_on(own: Callable[..., Run], paused: bool):
    run = own(**ENDLESS)
    until(lambda: checkpoint.exists(run.folder))
    worker, supervisor = run.state().pid, supervisor_pid()
    if paused:
        runs.request_pause(run)
        until(lambda: run.state().name == "paused")
        until(lambda: not psutil.pid_exists(worker))
    os.kill(supervisor, signal.SIGSTOP)
    if not paused:
        os.kill(worker, signal.SIGKILL)
    os.kill(supervisor, signal.SIGKILL)
    until(lambda: not queue.supervisor_lives())
    assert run.state().name == ("paused" if paused else "running")
    runs.ensure_supervisor()
    if paused:
        following = own(epochs=1)
        until(ended(following))
        assert (run.state().name, run.state().pid) == ("paused", 0)
        runs.request_go_on(run)
    until(goes_on(run))
    runs.request_stop(run)
    until(ended(run))
    assert run.state().name == "stopped"


def test_a_supervisor_ends_when_its_workspace_is_gone(workspace: Path):
    runs.ensure_supervisor()
    supervisor = psutil.Process(supervisor_pid())

    def ended() -> bool:
        # While it lives it may look into its queue in the middle of this, which makes that folder again.
        shutil.rmtree(workspace, ignore_errors=True)
        return not supervisor.is_running() or supervisor.status() == "zombie"

    until(ended, seconds=20)
    assert not (workspace / "supervisor.lock").exists()
