"""Asking for work: a place in the line, empty files `stop`, `pause`, `discard`, and a supervisor that reads them."""

import os
import subprocess
import sys
import time
from pathlib import Path

from filelock import FileLock, Timeout

from core import home
from core.errors import RunError
from core.runs import checkpoint, interruptions, line, states
from core.runs.folder import DISCARD, LOOK, Run, delete
from core.words import mark

ROOT = Path(__file__).parent.parent.parent
_started: list[subprocess.Popen] = []  # asked now and then whether they ended, or they would stay as zombies


def submit(run: Run) -> None:
    """Put the run at the end of the line and make sure that somebody reads it."""
    line.append(run)
    ensure_supervisor()


def submit_first(run: Run) -> None:
    """Put the run in front of all that wait, and make sure that somebody reads it: it had begun already."""
    line.prepend(run)
    ensure_supervisor()


def reorder(run: Run, before: Run | None) -> None:
    """Let a waiting run begin before another one, or after all others.

    Raises:
        RunError: If it has begun meanwhile.
    """
    line.move(run.id, before.id if before else "")


def withdraw(run: Run) -> None:
    """Take a waiting run out of the line; what it has learned so far is kept, and `request_go_on` queues it again.

    Raises:
        RunError: If it has begun meanwhile.
    """
    taken = line.take_out(run)
    if checkpoint.exists(run.folder):
        reason = mark("You took it out of the line. All that it has learned so far is kept.")
    else:
        reason = mark("You took it out of the line before it began.")
    states.step(run.folder, "stopped", reason)
    taken.unlink(missing_ok=True)


def request_stop(run: Run) -> None:
    """Ask the run to stop soon and to keep its best weights. A run that has ended takes no notice."""
    (run.folder / "stop").touch()
    if _rests(run):
        submit_first(run)


def request_pause(run: Run) -> None:
    """Ask the run to wait, with everything kept, until it is asked to go on; others use its device meanwhile."""
    (run.folder / "pause").touch()


def discard(run: Run) -> None:
    """Remove the run and all that it made, at once and without results, even while it trains; nothing else is touched."""
    if run.state().ended:
        delete(run)
        return
    (run.folder / DISCARD).touch()
    submit_first(run)  # it need not train: the supervisor looks at it, ends its process and removes it


def request_look(run: Run) -> None:
    """Ask the run to look inside its layers once; one that does not train just now does so when it trains again."""
    (run.folder / LOOK).touch()


def request_go_on(run: Run) -> None:
    """Let a paused run train again, and one that has ended go on or begin.

    A paused run is first in the line; one that has ended badly goes on from its checkpoint, and one that was withdrawn
    before it had a model begins, or goes on, in its turn.

    Raises:
        RunError: Where the run has ended and left nothing to go on from.
    """
    (run.folder / "pause").unlink(missing_ok=True)
    if not run.state().ended:
        if _rests(run):
            submit_first(run)
        return
    if run.goes_on_from() is None and not run.withdrawn():
        raise RunError(
            mark("This run left nothing from which it could go on."),
            mark("Train again."),
        )
    (run.folder / "stop").unlink(missing_ok=True)
    interruptions.forgive(run.folder)
    states.step(run.folder, "queued")
    submit(run)


def _rests(run: Run) -> bool:
    """Whether it is paused and held by no process, so that somebody has to be told of what is asked."""
    state = run.state()
    return state.name == "paused" and not state.held


def supervisor_lives() -> bool:
    """Whether a supervisor holds this workspace."""
    try:
        with FileLock(lock_path(), timeout=0):
            return False
    except Timeout:
        return True


def ensure_supervisor() -> None:
    """Start the workspace's supervisor unless it runs already; it outlives whoever starts it."""
    if supervisor_lives():
        return
    (home.folder() / "supervisor.stop").unlink(missing_ok=True)
    environment = {**os.environ, "MODELYARD_HOME": str(home.folder())}
    with (home.folder() / "supervisor.log").open("ab") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", "core.supervisor"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **_detached(),
        )  # fmt: skip
    _started[:] = [process for process in (*_started, started) if process.poll() is None]


def revive_supervisor() -> None:
    """Start it again if it died without a word: one that ended in order has taken its note with it."""
    if (home.folder() / "supervisor.json").exists():
        ensure_supervisor()


def stop_supervisor(seconds: float = 60.0) -> bool:
    """Ask the supervisor to end, and its run to stop and keep the best; whether it is gone now."""
    (home.folder() / "supervisor.stop").touch()
    until = time.monotonic() + seconds
    while supervisor_lives():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def lock_path() -> Path:
    """Held by the supervisor as long as it lives, whatever ends it."""
    return home.folder() / "supervisor.lock"


def _detached() -> dict[str, object]:
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS}
    return {"start_new_session": True}
