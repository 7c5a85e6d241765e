"""The supervisor runs the queue, notices the dead, and what dies with it is found by the next one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from core import home, runs
from core.runs import Run, queue
from tests.core.conftest import make_spec, write_table

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent
ENDLESS = {"epochs": 10_000, "patience": 10_000}


def until(holds: Callable[[], bool], seconds: float = 90.0) -> None:
    """Wait for something that must happen."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace with a supervisor that several tests use one after the other."""
    place = tmp_path_factory.mktemp("supervised")
    write_table(place / "customers.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(place / "workspace"))
        runs.ensure_supervisor()
        yield place
        assert runs.stop_supervisor()


@pytest.fixture
def ask(shared: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Puts a run on the small table into the shared queue."""
    monkeypatch.setenv("MODELYARD_HOME", str(shared / "workspace"))

    def submit(**training) -> Run:
        run = runs.create(make_spec(shared / "customers.csv", "yes_no", **training))
        runs.submit(run)
        return run

    return submit


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Puts a run into a queue of this test's own; whoever still serves it at the end is ended."""
    write_table(tmp_path / "customers.csv")

    def submit(**training) -> Run:
        run = runs.create(make_spec(tmp_path / "customers.csv", "yes_no", **training))
        runs.submit(run)
        return run

    yield submit
    assert runs.stop_supervisor()


def trains(run: Run) -> Callable[[], bool]:
    return lambda: any(event["kind"] == "epoch" for event in run.events()[0])


def ended(run: Run) -> Callable[[], bool]:
    return lambda: run.state().ended


def supervisor_pid() -> int:
    until(lambda: (home.folder() / "supervisor.json").exists())
    return home.read_json(home.folder() / "supervisor.json")["pid"]


def test_a_run_that_is_asked_for_gets_done(ask: Callable[..., Run]):
    run = ask(epochs=3)
    until(ended(run))
    assert run.state().name == "done", (run.folder / "log.txt").read_text()
    assert run.results()["epochs"] == 3


def test_a_killed_run_is_seen_as_crashed_with_its_curves_and_the_next_one_goes_on(ask: Callable[..., Run]):
    run, following = ask(**ENDLESS), ask(epochs=2)
    until(trains(run))
    assert following.state().name == "queued"
    os.kill(run.state().pid, signal.SIGKILL)
    until(ended(run), seconds=5)
    state = run.state()
    assert (state.name, "signal 9" in str(state.reason)) == ("crashed", True)
    assert "memory" in str(state.fix)
    told = [event["kind"] for event in run.events()[0]]
    assert "epoch" in told
    assert told[-1] == "end"
    until(ended(following))
    assert following.state().name == "done"


def test_a_stopped_run_keeps_its_best_and_is_tested(ask: Callable[..., Run]):
    run = ask(**ENDLESS)
    until(trains(run))
    asked = time.time()
    runs.request_stop(run)
    until(ended(run))
    assert run.state().name == "stopped"
    last = [event for event in run.events()[0] if event["kind"] == "epoch"][-1]
    assert last["at"] - asked < 2
    assert run.results()["best_epoch"] <= last["epoch"]
    assert (run.folder / "model.onnx").exists()


def test_a_run_that_waits_can_be_stopped_or_deleted(ask: Callable[..., Run]):
    first, stopped, deleted = ask(**ENDLESS), ask(epochs=1), ask(epochs=1)
    until(trains(first))
    runs.request_stop(stopped)
    shutil.rmtree(deleted.folder)
    until(ended(stopped), seconds=5)
    assert stopped.state().name == "stopped"
    until(lambda: not runs.waiting(), seconds=5)
    runs.request_stop(first)
    until(ended(first))


def test_a_run_that_is_asked_for_twice_runs_once(ask: Callable[..., Run]):
    run = ask(**ENDLESS)
    runs.submit(run)
    until(trains(run))
    runs.submit(run)
    until(lambda: not runs.waiting(), seconds=5)
    runs.request_stop(run)
    until(ended(run))
    assert run.state().name == "stopped"
    assert queue.supervisor_lives()


def test_a_second_supervisor_gives_way(ask: Callable[..., Run]):
    done = subprocess.run([sys.executable, "-m", "core.supervisor"], cwd=ROOT, timeout=30, check=False)
    assert done.returncode == 0
    assert psutil.pid_exists(supervisor_pid())
    assert queue.supervisor_lives()


def test_when_the_supervisor_dies_its_run_stops_and_the_next_supervisor_goes_on(own: Callable[..., Run]):
    run = own(**ENDLESS)
    until(trains(run))
    os.kill(supervisor_pid(), signal.SIGKILL)
    following = own(epochs=1)
    until(ended(run))
    assert run.state().name == "stopped"
    assert "program that started it" in str(run.state().reason)
    until(ended(following))
    assert following.state().name == "done"


def test_when_everything_dies_the_next_supervisor_says_so(own: Callable[..., Run]):
    run = own(**ENDLESS)
    until(trains(run))
    worker, supervisor = run.state().pid, supervisor_pid()
    os.kill(supervisor, signal.SIGSTOP)
    os.kill(worker, signal.SIGKILL)
    os.kill(supervisor, signal.SIGKILL)
    until(lambda: not queue.supervisor_lives())
    assert run.state().name == "running"
    runs.ensure_supervisor()
    until(ended(run))
    assert run.state().name == "crashed"
    assert "switched off" in str(run.state().reason)


def test_a_supervisor_ends_when_its_workspace_is_gone(workspace: Path):
    runs.ensure_supervisor()
    supervisor = psutil.Process(supervisor_pid())

    def ended() -> bool:
        # While it lives it may look into its queue in the middle of this, which makes that folder again.
        shutil.rmtree(workspace, ignore_errors=True)
        return not supervisor.is_running() or supervisor.status() == "zombie"

    until(ended, seconds=20)
    assert not (workspace / "supervisor.lock").exists()
