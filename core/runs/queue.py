"""Asking for work: an empty file in the queue, empty files `stop` and `pause`, and a supervisor that reads them."""

import os
import subprocess
import sys
import time
from pathlib import Path

from filelock import FileLock, Timeout

from core import home
from core.errors import RunError
from core.runs import interruptions, states
from core.runs.folder import Run
from core.words import mark

ROOT = Path(__file__).parent.parent.parent
_started: list[subprocess.Popen] = []  # asked now and then whether they ended, or they would stay as zombies


def submit(run: Run) -> None:
    """Put the run at the end of the queue and make sure that somebody reads it."""
    (home.folder("queue") / f"{time.time_ns():020d}_{run.id}").touch()
    ensure_supervisor()


def submit_first(run: Run) -> None:
    """Put the run in front of all that wait: it had begun already."""
    (home.folder("queue") / f"{0:020d}_{run.id}").touch()


def waiting() -> list[tuple[Path, str]]:
    """The queue's files and the ids in them, the longest waiting first."""
    return [(path, path.name.partition("_")[2]) for path in sorted(home.folder("queue").glob("[0-9]*_*"))]


def request_stop(run: Run) -> None:
    """Ask the run to stop soon and to keep its best weights. A run that has ended takes no notice."""
    (run.folder / "stop").touch()


def request_pause(run: Run) -> None:
    """Ask the run to wait, with everything kept, until it is asked to go on."""
    (run.folder / "pause").touch()


def request_go_on(run: Run) -> None:
    """Let a paused run train again, or one that has ended badly go on from its checkpoint.

    Raises:
        RunError: Where the run has ended and left nothing to go on from.
    """
    (run.folder / "pause").unlink(missing_ok=True)
    if not run.state().ended:
        return
    if run.goes_on_from() is None:
        raise RunError(
            mark("This run left nothing from which it could go on."),
            mark("Train again."),
        )
    (run.folder / "stop").unlink(missing_ok=True)
    interruptions.forgive(run.folder)
    states.step(run.folder, "queued")
    submit(run)


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
