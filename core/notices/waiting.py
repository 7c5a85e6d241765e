"""Runs whose end is still to be told, each an empty file, so that nothing is forgotten whoever dies in between.

The supervisor says `expect` when a run begins and calls `look` again and again. A message that was taken by the
address, or that was tried often enough, is done with; what came of it stands in the run's folder.
"""

import threading
import time
from dataclasses import replace
from pathlib import Path

from core import home, runs
from core.errors import RunError, UserError
from core.notices.addresses import Webhook, webhook
from core.notices.messages import message
from core.notices.sending import Attempt, post, read, remember
from core.runs import Run

NAME = "notice.json"
TRIES = 3
WAITS = (5.0, 30.0)  # seconds before the second and the third try
SECONDS_BETWEEN_LOOKS = 1.0

_sending: dict[str, threading.Thread] = {}
_looked = [0.0]


def expect(run: Run) -> None:
    """Tell of this run's end when it has come."""
    (_folder() / run.id).touch()


def ended(run: Run) -> None:
    """This run has ended: tell of it now, in the background. What is called twice is told once."""
    expect(run)
    look(now=True)


def look(now: bool = False) -> None:
    """Begin to tell of all runs that have ended meanwhile; costs next to nothing and waits for nobody.

    Args:
        now: Even if the last look was only a moment ago.
    """
    if not now and time.monotonic() - _looked[0] < SECONDS_BETWEEN_LOOKS:
        return
    _looked[0] = time.monotonic()
    for path in list(_folder().iterdir()):
        if path.name not in _sending and _is_over(path):
            thread = threading.Thread(target=_tell, args=(path,), name=f"notice-{path.name}", daemon=True)
            _sending[path.name] = thread
            thread.start()


def finish(seconds: float = 10.0) -> None:
    """Wait so long at most until all that is on its way has arrived; what has not is told by the next supervisor."""
    until = time.monotonic() + seconds
    for thread in list(_sending.values()):
        thread.join(max(0.0, until - time.monotonic()))


def attempt(run: Run) -> Attempt | None:
    """What came of telling the run's end, None as long as nobody tried."""
    return read(run.folder / NAME)


def _folder() -> Path:
    return home.folder("notices", "waiting")


def _is_over(path: Path) -> bool:
    """Whether the run has ended; one that is not there any more is forgotten."""
    try:
        return runs.load(path.name).state().ended
    except (RunError, FileNotFoundError):
        path.unlink(missing_ok=True)
        return False


def _tell(path: Path) -> None:
    try:
        run = runs.load(path.name)
        hook = webhook(run.spec().project)
        if hook is not None and not _is_told(run):
            _told(run, hook)
        path.unlink(missing_ok=True)
    except (UserError, FileNotFoundError):  # somebody deleted the run meanwhile, or its spec cannot be read
        path.unlink(missing_ok=True)
    finally:
        _sending.pop(path.name, None)


def _told(run: Run, hook: Webhook) -> None:
    """Try a few times, with growing waits."""
    since, told = run.state().since, message(run, hook)
    for number in range(TRIES):
        if number:
            time.sleep(WAITS[number - 1])
        found = replace(post(hook, told), run=run.id, since=since)
        remember(hook, found)
        home.write_json(run.folder / NAME, found.to_json())
        if not found.may_work_later:
            return


def _is_told(run: Run) -> bool:
    known = attempt(run)
    return known is not None and known.sent and known.since == run.state().since
