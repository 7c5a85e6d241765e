"""Runs whose process a supervisor has not started, or has seen end without a word: do they go on, and how?"""

import contextlib
import math
import sys
import time
from dataclasses import dataclass

import psutil

from core import runs
from core.errors import RunError
from core.launchers import _deaths
from core.launchers._deaths import Death
from core.runs import Run, folder, line, states

# For a terminal to look after its own worker, and for a full disk to be looked at again.
SECONDS_OF_GRACE = 2.0


@dataclass
class Lost:
    """A run that nobody here has started, or whose process is gone.

    Args:
        since: When its process was last seen alive, on the clock of `time.monotonic`.
        death: What it died of, where that is known.
    """

    since: float = -math.inf
    death: Death | None = None


def found(run: Run) -> Lost:
    """A run that a supervisor finds when it begins."""
    return Lost(time.monotonic() if alive(run.state()) else -math.inf)


def is_over(run: Run, lost: Lost) -> bool:
    """Whether nobody trains the run any more; where its process is gone, it goes on or is called crashed."""
    if not run.folder.exists():
        return True
    if run.discard_asked():
        end(run)
        return True
    state = standing(run)
    if state is None or not state.held:
        wait_if_wanted(run, state)
        return True
    now = time.monotonic()
    if alive(state):
        lost.since = now
    if now - lost.since < SECONDS_OF_GRACE:
        return False
    try:
        _interrupted(run, lost.death or _deaths.vanished())
    except OSError as error:  # a full disk: the run is looked at again, and so is the disk
        print(f"{run.id}: {error}", file=sys.stderr, flush=True)
        lost.since = now
        return False
    return True


def standing(run: Run) -> states.State | None:
    """Where the run stands; None where its folder is being deleted, or was damaged: no other run may suffer from it."""
    try:
        return run.state()
    except (FileNotFoundError, ValueError, KeyError):
        return None


def wait_if_wanted(run: Run, state: states.State | None) -> None:
    """Let a run that has just paused wait in the line, if it was asked to go on meanwhile."""
    if state is not None and state.name == "paused" and not run.pause_asked():
        line.prepend(run)


def end(run: Run) -> None:
    """Remove a run that is to be discarded, and end its process if it has one."""
    state = standing(run)
    if state is not None and state.held and alive(state):
        with contextlib.suppress(psutil.NoSuchProcess):  # it ends by itself just now
            process = psutil.Process(state.pid)
            process.kill()
            process.wait()
    folder.erase(run)


def known(id: str) -> Run | None:
    """The run with this id; None where it was deleted while it waited, or is just now."""
    try:
        run = runs.load(id)
    except RunError:
        return None
    return run if standing(run) else None


def alive(state: states.State) -> bool:
    """Whether the process that holds the run still lives, and is not another one with its number."""
    try:
        process = psutil.Process(state.pid) if state.pid else None
        return (
            process is not None and process.create_time() <= state.since + 1 and process.status() != "zombie"
        )
    except psutil.NoSuchProcess:
        return False


def _interrupted(run: Run, death: Death) -> None:
    line.prepend(run)  # before its state says that it waits: it must never wait for nobody
    runs.interrupted(run.folder, death.reason, death.fix, memory=death.memory)
