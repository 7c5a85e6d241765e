"""What becomes of a run whose process is gone without a word: it goes on by itself, but not for ever.

Where memory ran out, it goes on with half as many rows at once, from the beginning if it has nothing to go on from.
"""

from pathlib import Path
from typing import Any

from core import home
from core.runs import checkpoint, states
from core.runs.events import Journal
from core.words import Sentence, mark

NAME = "interruptions.json"
MOST_WITHOUT_PROGRESS = 3
MOST_PARTS = 64  # while it is not known how many rows a step has


def interrupted(folder: Path, reason: Sentence, fix: Sentence, memory: bool = False) -> bool:
    """Let the run wait to go on from its checkpoint, or call it crashed; whether it goes on.

    It goes on unless its checkpoint cannot be read, or it was interrupted too often without training any further. One
    that was interrupted before it had kept anything begins anew.

    Args:
        reason: What it most likely died of, for a run that does not go on.
        fix: What to do then, where it has no checkpoint.
        memory: Whether it died because memory ran out.
    """
    known, before = checkpoint.about(folder), _read(folder)
    if memory or before.get("memory"):
        if _halve(folder, before, known):
            states.step(
                folder, "queued", mark("Memory ran out. It goes on soon with half as many rows at once.")
            )
            return True
        reason = mark("Memory ran out, even with the fewest rows at once.")
        fix = mark("Make the layers smaller, or close other programs to free memory, then train again.")
    elif known is not None and _hope(folder, before, known["position"]["steps"]):
        states.step(folder, "queued", mark("It was interrupted and goes on soon."))
        return True
    elif not checkpoint.exists(folder) and _hope(folder, before, 0):
        states.step(
            folder, "queued", mark("It was interrupted before it had kept anything, and begins anew.")
        )
        return True
    elif known is not None:
        fix = mark("Close other programs to free memory, then go on from here.")
    states.step(folder, "crashed", reason, fix)
    with Journal(folder) as journal:  # its only writer is dead
        journal.write("end", state="crashed")
    return False


def forgive(folder: Path) -> None:
    """Somebody wants it to go on: begin to count anew."""
    kept = parts(folder)
    (folder / NAME).unlink(missing_ok=True)
    if kept > 1:  # the memory has not grown
        home.write_json(folder / NAME, {"parts": kept})


def forget(folder: Path) -> None:
    """The run has ended: nothing that happened to it matters any more."""
    (folder / NAME).unlink(missing_ok=True)


def parts(folder: Path) -> int:
    """In how many parts, one after the other, a step's rows have to be taken so that memory suffices."""
    return _read(folder).get("parts", 1)


def tell_memory(folder: Path) -> None:
    """The worker's own last word: memory ran out."""
    home.write_json(folder / NAME, {**_read(folder), "memory": True})


def _halve(folder: Path, before: dict[str, Any], known: dict[str, Any] | None) -> bool:
    """Take half as many rows at once from now on; whether that is possible."""
    settings = (known or {}).get("settings", {})
    now = 2 * before.get("parts", 1)
    if now > min(settings.get("batch_size", MOST_PARTS), 65_536):
        return False
    home.write_json(folder / NAME, {**before, "parts": now, "memory": False})
    return True


def _hope(folder: Path, before: dict[str, Any], steps: int) -> bool:
    """Whether it may still come further; counts this interruption."""
    if states.read(folder).name == "paused":  # it did not mean to come further
        return True
    count = before.get("count", 0) + 1 if steps <= before.get("steps", steps) else 1
    home.write_json(folder / NAME, {**before, "count": count, "steps": steps})
    return count <= MOST_WITHOUT_PROGRESS


def _read(folder: Path) -> dict[str, Any]:
    try:
        return home.read_json(folder / NAME)
    except FileNotFoundError:
        return {}
