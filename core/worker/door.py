"""The worker's door: a run comes in, and leaves as done, stopped or failed. The only catch-all in the house.

A run may also leave unended, because the process has to go: it then goes on from its checkpoint in another one.
"""

import importlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from core.errors import RunError, UserError
from core.runs import checkpoint, events, interruptions, states
from core.runs.events import Journal
from core.words import mark


def enter(folder: Path) -> None:
    """Execute the run in this folder; whatever happens stands in its state and its events afterwards."""
    if states.read(folder).name == "queued":  # a cold start, without a supervisor
        states.step(folder, "starting", pid=os.getpid())
    outside = _outside(folder)
    states.step(folder, "running", pid=os.getpid())
    known = checkpoint.about(folder)
    events.cut(folder, known["journal"] if known else 0)
    with Journal(folder) as journal:
        try:
            ended, reason = _train(folder, journal, outside)
        except UserError as error:
            checkpoint.forget(folder)  # from there it would only fail again
            _failed(folder, journal, error)
        except Exception as error:  # what is no user's error is ours: say so, and keep it for the developers
            traceback.print_exc()
            if _out_of_memory(error):  # it goes on with fewer rows at once
                interruptions.tell_memory(folder)
                return
            _failed(folder, journal, _explain(folder, error))
        else:
            if ended == "pause":  # held by nobody from now on: the supervisor sees to it that it goes on
                states.step(folder, "paused")
            if ended in ("leave", "pause"):
                return
            states.step(folder, ended, reason)
            journal.write("end", state=ended)
            interruptions.forget(folder)
            (folder / "pause").unlink(missing_ok=True)


def _train(folder: Path, journal: Journal, outside: Callable[[], str]):
    # Loaded here and not above: what goes wrong while loading is told like everything else.
    train = importlib.import_module("core.worker.train")
    return train.run(folder, journal, outside)


def _outside(folder: Path) -> Callable[[], str]:
    """What asks for an end from outside: being asked by the system, or the end of the process that started this one.

    No orphan trains on. A supervisor's worker leaves, and goes on when there is a supervisor again; one that was
    started from a terminal stops for good and keeps the best.
    """
    asked: list[int] = []
    parent = multiprocessing.parent_process()

    def listen(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, listen)
    if parent:
        return lambda: "leave" if asked or not parent.is_alive() else ""
    starter = os.getppid()  # a terminal; where it dies, the system gives this process another parent
    return lambda: "stop" if asked else "alone" if os.getppid() != starter else ""


def _failed(folder: Path, journal: Journal, error: UserError) -> None:
    journal.write("failed", **error.to_json())
    states.step(folder, "failed", error.what, error.fix)
    journal.write("end", state="failed")


def _out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError"


def _explain(folder: Path, error: Exception) -> UserError:
    if isinstance(error, OSError) and error.errno in events.FULL:
        return RunError(
            mark("The disk is full: what came out of the training could not be written."),
            mark("Free some space, then go on with this run: nothing that it learned is lost."),
        )
    return UserError(
        mark("Something went wrong inside Modelyard; it is not your fault."),
        mark("Send us the log of run {run}, or try again with other settings.", run=folder.name),
    )
