"""Starts real workers from a warm forkserver, ends them as power cuts do, and reads what they left."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import numpy as np

from core import runs
from core.graph import Graph, Layer
from core.launchers import this_machine
from core.runs import Event, Run
from core.spec import Spec
from core.words import Sentence

TIMELESS = ("at", "seconds", "spent")


def network(spec: Spec) -> Spec:
    """The same question for a network in which everything moves: chance, running means, running averages."""
    layers = (
        Layer("numbers", "input", fields={"source": "numbers"}),
        Layer("wide", "dense", ("numbers",), {"units": 2048, "activation": "relu"}),
        Layer("norm", "batch_normalization", ("wide",)),
        Layer("noise", "gaussian_noise", ("norm",), {"stddev": 0.1}),
        Layer("drop", "dropout", ("noise",), {"rate": 0.3}),
        Layer("answer", "output", ("drop",)),
    )
    return replace(spec, graph=Graph(layers))


def encoded(spec: Spec) -> Spec:
    """The same question for a network whose first part stays as it is: categories are read as if they were tokens."""
    layers = (
        Layer("categories", "input", fields={"source": "categories"}),
        Layer("meaning", "sentence_encoder", ("categories",)),
        Layer("hidden", "dense", ("meaning",), {"units": 32, "activation": "relu"}),
        Layer("drop", "dropout", ("hidden",), {"rate": 0.3}),
        Layer("answer", "output", ("drop",)),
    )
    return replace(spec, graph=Graph(layers))


def work(folder: str, home: str, eager: bool, room: int, memory: int, cage: str) -> None:
    """A worker in this workspace.

    Args:
        eager: Whether it keeps its state as often as it can, so that a short test sees states from amid an epoch.
        room: The most bytes that it may write into one file, 0 for any number.
        memory: The most bytes that it may ask for beyond what it begins with, 0 for any number.
        cage: A control group that it joins, empty for none.
    """
    if room:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    if memory:
        import resource

        import psutil

        most = psutil.Process().memory_info().data + memory
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    if cage:
        (Path(cage) / "cgroup.procs").write_text(str(os.getpid()))
    os.environ["MODELYARD_HOME"] = home  # the forkserver knows only the workspace of its first test
    if eager:
        from core.worker import checkpoint, loop

        checkpoint.MOST_SECONDS_BETWEEN, checkpoint.SHARE_OF_TIME, loop.CHUNK_SECONDS = 0.02, 1.0, 0.005
    this_machine.execute(folder)


def start(
    made: BaseContext, run: Run, eager: bool = False, room: int = 0, memory: int = 0, cage: str = ""
) -> Any:
    asked = str(run.folder), os.environ["MODELYARD_HOME"], eager, room, memory, cage
    process = made.Process(target=work, args=asked)
    process.start()
    return process


def until(holds: Callable[[], bool], seconds: float = 120.0, every: float = 0.005) -> None:
    """Wait for something that must happen."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(every)


def kill(process: Any, run: Run) -> None:
    """The process is gone without a word; the run waits to go on."""
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    interrupt(run)


def interrupt(run: Run) -> bool:
    return runs.interrupted(run.folder, Sentence("It is gone."), Sentence("Go on."))


def finish(made: BaseContext, run: Run, room: int = 0) -> None:
    process = start(made, run, room=room)
    process.join(300)
    assert not process.is_alive()
    log = run.folder / "log.txt"
    assert run.state().ended, log.read_text() if log.exists() else ""


def told(run: Run, kind: str) -> list[Event]:
    return [event for event in run.events()[0] if event["kind"] == kind]


def history(run: Run) -> list[Event]:
    """All epochs, without what a clock says."""
    return [
        {key: value for key, value in event.items() if key not in TIMELESS} for event in told(run, "epoch")
    ]


def weights(path: Path) -> list[np.ndarray]:
    with np.load(path / "best.weights.npz", allow_pickle=False) as kept:
        return [kept[f"w{number}"] for number in range(len(kept.files) - 2)]


def growing(spec: Spec) -> Spec:
    """The same question for a network whose answers grow beyond all numbers as soon as its weights grow."""
    layers = [
        Layer("numbers", "input", fields={"source": "numbers"}),
        Layer("start", "dense", ("numbers",), {"units": 8}),
    ]
    for number in range(4):  # to the sixteenth power
        last = layers[-1].name
        layers.append(Layer(f"squared_{number}", "multiply", (last, last)))
    return replace(spec, graph=Graph((*layers, Layer("answer", "output", (layers[-1].name,)))))
