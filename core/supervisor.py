"""A small process of its own that owns the queue: starts workers, notices the dead, goes on without a browser.

`python -m core.supervisor`. There is one for each workspace. It keeps a forkserver with TensorFlow loaded, so that
a run begins at once, and runs no TensorFlow operation itself: after one, forking is no longer safe.
"""

import math
import os
import sys
import time
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any

import psutil
from filelock import FileLock, Timeout

from core import home, runs
from core.errors import RunError
from core.launchers import _deaths, this_machine
from core.runs import Run, checkpoint, states
from core.runs.queue import lock_path, request_stop, waiting
from core.words import Sentence, mark

POLL_SECONDS = 0.05
IDLE_SECONDS = 30 * 60.0
SECONDS_TO_STOP = 45.0
SECONDS_OF_GRACE = (
    2.0  # for a terminal to look after its own worker, and for a full disk to be looked at again
)


@dataclass
class Lost:
    """A run whose process this supervisor has not started, or has seen end without a word.

    Args:
        since: When its process was last seen alive, on the clock of `time.monotonic`.
        why: What it died of and what to do, where that is known.
    """

    since: float
    why: tuple[Sentence, Sentence] | None = None


class Supervisor:
    """Runs the queue of one workspace, one run at a time."""

    def __init__(self, root: Path):
        self.root = root
        self.lock_file = root / lock_path().name
        self.context = this_machine.context()
        self.run: Run | None = None
        self.process: Any = None
        self.memory_kills = 0
        self.adopted: dict[Run, Lost] = {}
        self.busy = time.monotonic()

    def serve(self) -> str:
        """Work until something ends it: `stop`, `vanished`, `idle` or `changed`."""
        this_machine.warm()
        self._recover()
        code = _code()
        while not (ended_by := self._ended_by(code)):
            self._skip_stopped()
            if self.run is None:
                self._start_next()
            self._wait()
        self._end()
        return ended_by

    def _ended_by(self, code: float) -> str:
        if not self.lock_file.exists():  # not the folder: asking for the queue would make it again
            return "vanished"
        if (self.root / "supervisor.stop").exists():
            return "stop"
        if self.run or self.adopted:
            self.busy = time.monotonic()
            return ""
        if time.monotonic() - self.busy > IDLE_SECONDS:
            return "idle"
        # A newer version of the app must not be served by an older supervisor.
        return "changed" if waiting() and _code() != code else ""

    def _recover(self) -> None:
        """Find runs of a supervisor that is gone: those whose process lives are waited for, the others go on."""
        for run in runs.everything():
            state = run.state()
            if state.name in states.ACTIVE:
                self.adopted[run] = Lost(time.monotonic() if _alive(state) else -math.inf)

    def _skip_stopped(self) -> None:
        """A run that is asked to stop while it waits need not begin; one that was asked for twice begins once."""
        for path, id in waiting():
            run = _known(id)
            waits = run is not None and run.state().name == "queued"
            # One that had begun has something to keep: it starts, and stops at once.
            stopped = waits and run.stop_asked() and not checkpoint.exists(run.folder)
            if stopped:
                states.step(run.folder, "stopped", mark("You stopped it before it began."))
            if not waits or stopped:
                path.unlink(missing_ok=True)

    def _start_next(self) -> None:
        self.adopted = {run: lost for run, lost in self.adopted.items() if not self._is_over(run, lost)}
        queue = waiting()
        if self.adopted or not queue:
            return
        path, id = queue[0]
        run = _known(id)
        path.unlink()
        if run is None:
            return
        states.step(run.folder, "starting")
        self.memory_kills = _deaths.memory_kills()
        self.run, self.process = run, this_machine.start(self.context, run.folder)

    def _is_over(self, run: Run, lost: "Lost") -> bool:
        """Whether nobody trains the run any more; where its process is gone, it goes on or is called crashed."""
        if not run.folder.exists():
            return True
        state = run.state()
        if state.name not in states.ACTIVE:
            return True
        now = time.monotonic()
        if _alive(state):
            lost.since = now
        if now - lost.since < SECONDS_OF_GRACE:
            return False
        try:
            _interrupted(run, *(lost.why or _deaths.vanished()))
        except OSError as error:  # a full disk: the run is looked at again, and so is the disk
            print(f"{run.id}: {error}", file=sys.stderr, flush=True)
            lost.since = now
            return False
        return True

    def _wait(self) -> None:
        if self.process is None:
            time.sleep(POLL_SECONDS)
        elif connection.wait([self.process.sentinel], POLL_SECONDS):
            self._finish()

    def _finish(self) -> None:
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        if self.run.folder.exists() and not self.run.state().ended:
            lost = Lost(-math.inf, _deaths.why(code, self.memory_kills))
            if not self._is_over(self.run, lost):
                self.adopted[self.run] = lost
        self.run, self.process, self.busy = None, None, time.monotonic()

    def _end(self) -> None:
        """Let the running worker stop and keep its best; what does not stop in time is ended."""
        if self.process is None:
            return
        if self.run.folder.exists():
            request_stop(self.run)
            connection.wait([self.process.sentinel], SECONDS_TO_STOP)
        if self.process.is_alive():
            self.process.kill()
        self._finish()


def _known(id: str) -> Run | None:
    try:
        return runs.load(id)
    except RunError:  # deleted while it waited
        return None


def _alive(state: states.State) -> bool:
    """Whether the process that holds the run still lives, and is not another one with its number."""
    try:
        process = psutil.Process(state.pid) if state.pid else None
        return (
            process is not None and process.create_time() <= state.since + 1 and process.status() != "zombie"
        )
    except psutil.NoSuchProcess:
        return False


def _interrupted(run: Run, reason: Sentence, fix: Sentence) -> None:
    runs.submit_first(run)  # before its state says that it waits: it must never wait for nobody
    runs.interrupted(run.folder, reason, fix)


def _code() -> float:
    """Changes when a file of the engine changes."""
    return max(path.stat().st_mtime for path in Path(__file__).parent.rglob("*.py"))


def main() -> None:
    """Serve the workspace unless another supervisor does."""
    os.environ.update(this_machine.environment())
    root = home.folder()
    lock = FileLock(lock_path())
    while True:
        try:
            lock.acquire(timeout=2)
        except Timeout:
            return
        home.write_json(root / "supervisor.json", {"pid": os.getpid(), "since": time.time()})
        ended_by = Supervisor(root).serve()
        lock.release()
        if ended_by == "stop":
            (root / "supervisor.stop").unlink(missing_ok=True)
        if ended_by == "changed":
            os.execv(sys.executable, [sys.executable, "-m", "core.supervisor"])
        # A run that was asked for at the very end of an idle half hour still finds somebody.
        if ended_by != "idle" or not waiting():
            return


if __name__ == "__main__":
    main()
