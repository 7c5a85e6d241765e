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
        Layer("wide", "dense", ("numbers",), {"units": 24, "activation": "relu"}),
        Layer("norm", "batch_normalization", ("wide",)),
        Layer("noise", "gaussian_noise", ("norm",), {"stddev": 0.1}),
        Layer("drop", "dropout", ("noise",), {"rate": 0.3}),
        Layer("answer", "output", ("drop",)),
    )
    return replace(spec, graph=Graph(layers))


def work(folder: str, home: str, eager: bool) -> None:
    """A worker in this workspace.

    Args:
        eager: Whether it keeps its state as often as it can, so that a short test sees states from amid an epoch.
    """
    os.environ["MODELYARD_HOME"] = home  # the forkserver knows only the workspace of its first test
    if eager:
        from core.worker import checkpoint

        checkpoint.MOST_SECONDS_BETWEEN, checkpoint.SHARE_OF_TIME = 0.03, 1.0
    this_machine.execute(folder)


def start(made: BaseContext, run: Run, eager: bool = False) -> Any:
    process = made.Process(target=work, args=(str(run.folder), os.environ["MODELYARD_HOME"], eager))
    process.start()
    return process


def until(holds: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait for something that must happen."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.005)


def kill(process: Any, run: Run) -> None:
    """The process is gone without a word; the run waits to go on."""
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    interrupt(run)


def interrupt(run: Run) -> bool:
    return runs.interrupted(run.folder, Sentence("It is gone."), Sentence("Go on."))


def finish(made: BaseContext, run: Run) -> None:
    process = start(made, run)
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
