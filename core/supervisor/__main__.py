"""`python -m core.supervisor`: serve the workspace unless another supervisor does."""

import os
import sys
import time

from filelock import FileLock, Timeout

from core import home
from core.launchers import this_machine
from core.runs import waiting
from core.runs.queue import lock_path
from core.supervisor import slots
from core.supervisor.serving import Supervisor


def main() -> None:
    """Serve until nobody needs it."""
    os.environ.update({**this_machine.environment(), **slots.threads()})
    root = home.folder()
    lock = FileLock(lock_path())
    while True:
        try:
            lock.acquire(timeout=2)
        except Timeout:
            return
        home.write_json(root / "supervisor.json", {"pid": os.getpid(), "since": time.time()})
        ended_by = Supervisor(root).serve()
        (root / "supervisor.json").unlink(missing_ok=True)
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
