"""What was asked of runs that no process holds: to stop, to pause, to go on, to be removed."""

import contextlib
from collections.abc import Container

from core.runs import Run, checkpoint, line, states
from core.supervisor import lost
from core.words import mark


def heed(held: Container[Run]) -> None:
    """Do it, and take out of the line who does not wait any more.

    Args:
        held: Runs that a process holds: one that was asked for twice, or goes on while its last process still leaves.
    """
    for path, id in line.waiting():
        run = lost.known(id)
        state = run and lost.standing(run)
        if state and (_waits(run, state) or (run in held and not state.held)):
            continue
        taken = line.take(path)
        if taken is None:  # somebody has taken it out or moved it: the next look sees what became of it
            continue
        waits = False
        with contextlib.suppress(FileNotFoundError):  # somebody deletes its folder just now
            waits = run is not None and run not in held and _still_waits(run)
        if waits:
            line.release(taken)
        else:
            taken.unlink(missing_ok=True)


def _waits(run: Run, state: states.State) -> bool:
    """Whether nothing is asked of the run but to begin."""
    asked = run.stop_asked() or run.pause_asked() or run.discard_asked()
    return not asked and state.name == "queued"


def _still_waits(run: Run) -> bool:
    """Do what was asked; whether the run still waits to begin."""
    if run.discard_asked():
        lost.end(run)
        return False
    state = run.state()
    rests = state.name == "paused" and not state.held
    if not rests and state.name != "queued":
        return False
    if run.stop_asked():
        # One that had begun has something to keep: it starts, and stops at once.
        return _starts_to_stop(run, rests) if checkpoint.exists(run.folder) else _stopped(run)
    if rests != run.pause_asked():
        states.step(run.folder, "queued" if rests else "paused")
        return rests
    return not rests


def _starts_to_stop(run: Run, rests: bool) -> bool:
    if rests:
        states.step(run.folder, "queued", mark("It stops as soon as its best weights are made into a model."))
    return True


def _stopped(run: Run) -> bool:
    states.step(run.folder, "stopped", mark("You stopped it before it began."))
    return False
