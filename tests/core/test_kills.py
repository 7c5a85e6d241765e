"""Training is killed in every way and at every moment, and comes to what it would have come to undisturbed."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import psutil
import pytest
from filelock import FileLock

from core import runs
from core.graph import Graph, Layer
from core.launchers import _deaths, this_machine
from core.runs import Run, checkpoint, interruptions
from core.runs.queue import lock_path, supervisor_lives
from core.spec import Spec
from core.supervisor import asked
from core.words import Sentence
from tests.browser import driver
from tests.core.conftest import make_spec, write_table
from tests.core.supervisor.conftest import supervisor_pid
from tests.core.worker.runner import finish, network, start, told, until
from tests.core.worker.test_resume import same, steps_are_whole

pytestmark = pytest.mark.heavy
KILLS = 20
MOMENTS = ("start", "amid", "writing", "epoch", "pausing")
SLOW = {"batch_size": 1, "patience": 1_000, "jit_compile": "off"}  # 200 steps in each epoch
FULL_DISK = Path("/dev/full")  # whatever is written there finds no room
# Control groups of both versions, and the file that limits their memory.
CAGES = (
    (Path("/sys/fs/cgroup"), "memory.max"),
    (Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),
)


@pytest.fixture(scope="module")
def warm() -> Iterator[BaseContext]:
    """Workers from a forkserver that has loaded TensorFlow, as the supervisor starts them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in this_machine.environment().items():
            patch.setenv(name, value)
        made = this_machine.context()
        this_machine.warm()
        yield made


def kill_at(moment: str, run: Run, process: Any, dice: random.Random) -> None:
    """Wait for the moment, which never fails to come unless the run ends, and end the process as a power cut does."""
    if moment == "start":
        process.join(dice.uniform(0, 0.6))
    else:
        before, epochs = checkpoint.about(run.folder), len(told(run, "epoch"))
        until(lambda: run.state().ended or checkpoint.about(run.folder) != before)
        if moment == "amid":
            process.join(dice.uniform(0, 0.2))
        elif moment == "epoch":
            until(lambda: run.state().ended or len(told(run, "epoch")) > epochs)
        elif moment == "writing":
            half = run.folder / f".{checkpoint.NAME}"
            until(lambda: half.exists() or run.state().ended, every=0.0)
        elif moment == "pausing":
            runs.request_pause(run)
            process.join(dice.uniform(0, 0.3))
    process.kill()
    process.join()


def goes_on(run: Run) -> bool:
    """Whether it waits for the next process, without being asked to."""
    with FileLock(lock_path()):  # who holds it is the supervisor: so none starts
        if run.state().held:
            runs.interrupted(run.folder, Sentence("It is gone."), Sentence("Go on."))
        if run.pause_asked():
            asked.heed(())
            runs.request_go_on(run)
        asked.heed(())
    return run.state().name == "queued"


def test_killed_at_twenty_moments_it_is_as_if_nothing_had_happened(
    warm: BaseContext, ask: Callable[..., Spec]
):
    spec = network(ask("yes_no", epochs=70, **SLOW))
    disturbed, calm = runs.create(spec), runs.create(spec)
    dice, amid, half = random.Random(11), 0, 0
    moments = [moment for moment in MOMENTS for _ in range(KILLS // len(MOMENTS))]
    dice.shuffle(moments)
    for moment in moments:
        process = start(warm, disturbed, eager=True)
        kill_at(moment, disturbed, process, dice)
        assert not disturbed.state().ended, "it was over before it could be killed"
        position = (checkpoint.about(disturbed.folder) or {"position": {"open": False}})["position"]
        amid += position["open"] and 0 < position["step"] < 200
        half += (disturbed.folder / f".{checkpoint.NAME}").exists()
        assert goes_on(disturbed), moment
    finish(warm, disturbed)
    finish(warm, calm)
    assert (amid > 3, half > 0) == (True, True)
    same(disturbed, calm)
    steps_are_whole(disturbed)


@contextmanager
def everything_at_once(run: Run, app: driver.App) -> Iterator[None]:
    """The machine loses its power: the app, the supervisor and the worker are gone before any of them notices."""
    pids = [supervisor_pid(), app.process.pid, run.state().pid]
    forkserver = {child.pid for child in psutil.Process(pids[0]).children(recursive=True)}
    every = [*pids, *(forkserver - set(pids))]
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in every:
            os.kill(pid, number)
    app.process.wait(10)
    until(lambda: not supervisor_lives())
    yield


def epoch_kept(run: Run) -> int:
    return (checkpoint.about(run.folder) or {"position": {"epoch": 0}})["position"]["epoch"]


def test_after_a_power_cut_the_app_goes_on_and_so_it_does_when_only_its_supervisor_dies(
    tmp_path: Path, workspace: Path
):
    spec = network(make_spec(write_table(tmp_path / "customers.csv"), "yes_no", epochs=60, **SLOW))
    app = driver.start(workspace)
    try:
        disturbed, calm = runs.create(spec), runs.create(spec)
        runs.submit(disturbed)
        runs.submit(calm)
        until(lambda: epoch_kept(disturbed) > 2)
        assert not disturbed.state().ended
        before = supervisor_pid()
        with everything_at_once(disturbed, app):
            assert (disturbed.state().name, calm.state().name) == ("running", "queued")
            app = driver.start(workspace)
        until(lambda: supervisor_pid() != before)
        supervisor, epoch = supervisor_pid(), epoch_kept(disturbed)
        until(lambda: epoch_kept(disturbed) > epoch)
        os.kill(supervisor, signal.SIGKILL)  # no page is open: the app itself notices
        until(lambda: supervisor_pid() != supervisor)
        until(lambda: disturbed.state().ended and calm.state().ended, seconds=300)
        assert told(disturbed, "resumed")
        same(disturbed, calm)
    finally:
        app.stop()
        assert runs.stop_supervisor()


def test_a_disk_that_is_full_for_a_while_is_told_and_then_everything_is_kept_again(
    warm: BaseContext, ask: Callable[..., Spec]
):
    spec = network(ask("yes_no", epochs=20, **SLOW))
    disturbed, calm = runs.create(spec), runs.create(spec)
    half = disturbed.folder / f".{checkpoint.NAME}"
    half.symlink_to(FULL_DISK)
    process = start(warm, disturbed, eager=True)
    until(lambda: told(disturbed, "message"))
    assert "disk is full" in str(Sentence.from_json(told(disturbed, "message")[0]["text"]))
    until(lambda: checkpoint.exists(disturbed.folder))  # the next try found room
    process.kill()
    process.join()
    assert goes_on(disturbed)
    finish(warm, disturbed)
    finish(warm, calm)
    same(disturbed, calm)


def hungry(spec: Spec) -> Spec:
    """The same question for a network whose step takes some 600 MB, and half a step some 350."""
    layers = (
        Layer("numbers", "input", fields={"source": "numbers"}),
        Layer("narrow", "dense", ("numbers",), {"units": 4}),
        Layer("wide", "dense", ("narrow",), {"units": 16_384, "activation": "relu"}),
        Layer("answer", "output", ("wide",)),
    )
    return replace(spec, graph=Graph(layers))


@pytest.fixture
def cages(tmp_path: Path) -> Iterator[Callable[[int], dict[str, Any]]]:
    """Makes what holds a worker to so many bytes: a control group where this system lets us, else a limit of its own.

    In a control group the system kills; with a limit of its own the worker is refused memory and says so.
    """
    made: list[Path] = []

    def make(most: int) -> dict[str, Any]:
        for root, limit in CAGES:
            if not os.access(root / "cgroup.procs", os.W_OK):
                continue
            made.append(root / f"modelyard-{os.getpid()}-{len(made)}")
            made[-1].mkdir()
            if (made[-1] / limit).exists():
                (made[-1] / limit).write_text(str(most))
                return {"cage": str(made[-1])}
        return {"memory": most}

    yield make
    for path in made:
        until(lambda path=path: not (path / "cgroup.procs").read_text().strip())
        path.rmdir()


@pytest.mark.parametrize("by_the_system", [True, False])
def test_a_worker_whose_memory_runs_out_goes_on_with_fewer_rows_at_once(
    warm: BaseContext, tmp_path: Path, cages: Callable, by_the_system: bool
):
    table = write_table(tmp_path / "many.csv", rows=6_000)
    training = {"epochs": 3, "batch_size": 4_096, "jit_compile": "off"}
    starved, calm = (runs.create(hungry(make_spec(table, "yes_no", **training))) for _ in range(2))
    held = cages(420_000_000) if by_the_system else {"memory": 450_000_000}
    kills, process = _deaths.memory_kills(), start(warm, starved, **held)
    process.join(120)
    assert not starved.state().ended
    death = _deaths.why(process.exitcode, kills)
    assert death.memory == ("cage" in held)
    assert runs.interrupted(starved.folder, death.reason, death.fix, memory=death.memory)
    assert "half as many rows" in str(starved.state().reason)
    assert interruptions.parts(starved.folder) == 2
    finish(warm, starved)
    finish(warm, calm)
    assert (starved.state().name, calm.state().name) == ("done", "done")
    ours, theirs = ([event["val_loss"] for event in told(run, "epoch")] for run in (starved, calm))
    assert ours == pytest.approx(theirs, rel=1e-4)
