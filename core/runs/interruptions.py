"""What becomes of a run whose process is gone without a word: it goes on by itself, but not for ever."""

from pathlib import Path

from core import home
from core.runs import checkpoint, states
from core.runs.events import Journal
from core.words import Sentence, mark

NAME = "interruptions.json"
MOST_WITHOUT_PROGRESS = 3


def interrupted(folder: Path, reason: Sentence, fix: Sentence) -> bool:
    """Let the run wait to go on from its checkpoint, or call it crashed; whether it goes on.

    It goes on unless it has no checkpoint, or was interrupted too often without training any further.

    Args:
        reason: What it most likely died of, for a run that does not go on.
        fix: What to do then, where it has no checkpoint.
    """
    known = checkpoint.about(folder)
    if known is not None and _hope(folder, known["position"]["steps"]):
        states.step(folder, "queued", mark("It was interrupted and goes on soon."))
        return True
    if known is not None:
        fix = mark("Close other programs to free memory, then go on from here.")
    states.step(folder, "crashed", reason, fix)
    with Journal(folder) as journal:  # its only writer is dead
        journal.write("end", state="crashed")
    return False


def forgive(folder: Path) -> None:
    """Somebody wants it to go on: begin to count anew."""
    (folder / NAME).unlink(missing_ok=True)


def _hope(folder: Path, steps: int) -> bool:
    """Whether it may still come further; counts this interruption."""
    if states.read(folder).name == "paused":  # it did not mean to come further
        return True
    try:
        before = home.read_json(folder / NAME)
    except FileNotFoundError:
        before = {"count": 0, "steps": steps}
    count = before["count"] + 1 if steps <= before["steps"] else 1
    home.write_json(folder / NAME, {"count": count, "steps": steps})
    return count <= MOST_WITHOUT_PROGRESS
