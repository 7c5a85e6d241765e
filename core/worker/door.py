"""The worker's door: a run comes in, and leaves as done, stopped or failed. The only catch-all in the house."""

import importlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from core.errors import UserError
from core.runs import states
from core.runs.events import Journal
from core.words import mark


def enter(folder: Path) -> None:
    """Execute the run in this folder; whatever happens stands in its state and its events afterwards."""
    if states.read(folder).name == "queued":  # a cold start, without a supervisor
        states.step(folder, "starting", pid=os.getpid())
    _listen(folder)
    states.step(folder, "running", pid=os.getpid())
    with Journal(folder) as journal:
        try:
            ended, reason = _train(folder, journal)
        except UserError as error:
            _failed(folder, journal, error)
        except Exception as error:  # what is no user's error is ours: say so, and keep it for the developers
            traceback.print_exc()
            _failed(folder, journal, _explain(folder, error))
        else:
            states.step(folder, ended, reason)
            journal.write("end", state=ended)


def _train(folder: Path, journal: Journal):
    # Loaded here and not above: what goes wrong while loading is told like everything else.
    train = importlib.import_module("core.worker.train")
    return train.run(folder, journal, alone=_alone())


def _listen(folder: Path) -> None:
    """Being asked to end by the system is being asked to stop."""

    def stop(number: int, frame: FrameType | None) -> None:
        (folder / "stop").touch()

    signal.signal(signal.SIGTERM, stop)


def _alone() -> Callable[[], bool]:
    """Whether the process that started this one is gone: no orphan trains on."""
    parent = multiprocessing.parent_process()
    if parent:
        return lambda: not parent.is_alive()
    starter = os.getppid()  # a terminal; where it dies, the system gives this process another parent
    return lambda: os.getppid() != starter


def _failed(folder: Path, journal: Journal, error: UserError) -> None:
    journal.write("failed", **error.to_json())
    states.step(folder, "failed", error.what, error.fix)
    journal.write("end", state="failed")


def _explain(folder: Path, error: Exception) -> UserError:
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return UserError(
            mark("The memory of this machine did not suffice."),
            mark("Set fewer rows per step, or make the layers smaller, and train again."),
        )
    return UserError(
        mark("Something went wrong inside Modelyard; it is not your fault."),
        mark("Send us the log of run {run}, or try again with other settings.", run=folder.name),
    )
