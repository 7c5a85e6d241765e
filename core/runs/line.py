"""The line of runs that wait: a folder with one empty file for each, in the order of their names."""

import contextlib
import time
from pathlib import Path

from core import home
from core.errors import RunError
from core.runs.folder import Run
from core.words import mark


def waiting() -> list[tuple[Path, str]]:
    """The line's files and the ids in them, the next one first; each run once."""
    found: dict[str, Path] = {}
    for path in sorted(home.folder("queue").glob("[0-9]*_*")):
        found.setdefault(path.name.partition("_")[2], path)
    return [(path, id) for id, path in found.items()]


def append(run: Run) -> None:
    """Put the run behind all that wait; one that waits already stays where it is."""
    line = waiting()
    if run.id not in [id for _, id in line]:
        _path(max(time.time_ns(), _number(line[-1][0]) + 1 if line else 0), run.id).touch()


def prepend(run: Run) -> None:
    """Put the run before all that wait: it had begun already, or somebody wants to know of it at once."""
    line = waiting()
    if run.id not in [id for _, id in line]:
        _path(max(0, _number(line[0][0]) - 1) if line else time.time_ns(), run.id).touch()
    elif line[0][1] != run.id:
        move(run.id, line[0][1])


def move(id: str, before: str = "") -> None:
    """Let a run wait before another one, or behind all; one that does not wait any more counts as the very front.

    Nothing is lost, whatever happens meanwhile: files only change their names.

    Raises:
        RunError: If the run that is to be moved does not wait any more.
    """
    line = waiting()
    paths = {other: path for path, other in line}
    if id not in paths:
        raise _begun()
    order = [other for other in paths if other != id]
    order.insert(order.index(before) if before in order else 0 if before else len(order), id)
    last = -1
    for (path, _), one in zip(line, order, strict=True):
        last = max(_number(path), last + 1)
        with contextlib.suppress(FileNotFoundError):  # it begins just now
            paths[one].rename(_path(last, one))


def take(path: Path) -> Path | None:
    """Take a run out of the line, for oneself alone; None where somebody else was quicker.

    What is returned is to be removed once something has become of the run; until then `give_back` finds it.
    """
    taken = path.with_name(f".{path.name}")
    try:
        path.rename(taken)
    except FileNotFoundError:
        return None
    return taken


def take_out(run: Run) -> Path:
    """Likewise, for a run wherever it waits. Raises RunError where it does not wait any more."""
    for path, id in waiting():
        taken = take(path) if id == run.id else None
        if taken is not None:
            return taken
    raise _begun()


def release(taken: Path) -> None:
    """Let a run that was taken wait again at its place."""
    taken.rename(taken.with_name(taken.name[1:]))


def give_back() -> None:
    """Let those wait again who were taken by somebody who died before anything became of them."""
    for path in home.folder("queue").glob(".[0-9]*_*"):
        release(path)


def _path(number: int, id: str) -> Path:
    return home.folder("queue") / f"{number:020d}_{id}"


def _number(path: Path) -> int:
    return int(path.name.partition("_")[0])


def _begun() -> RunError:
    return RunError(mark("This run does not wait any more."), mark("Open it, and stop it there if you like."))
