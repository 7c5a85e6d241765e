"""Drawings and their versions as files."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from core import home
from core.errors import DataError, GraphError
from core.graph import Graph
from core.words import Sentence, mark, say

MOST_LETTERS = 80
_ID = re.compile(r"[0-9A-Za-z]{1,40}(-[0-9A-Za-z]{1,40}){0,4}")


@dataclass(frozen=True)
class Drawing:
    """One drawing as it stands.

    Args:
        id: Its folder.
        project: Id of the project that it belongs to.
        name: What the user calls it.
        graph: The layers.
        stamp: Grows with every state; no other drawing of the project has the same.
        load: Changes when the graph was replaced as a whole, not changed by whoever draws.
        window: Who saved last, or empty; see `save`.
        changed: Seconds since 1970.
    """

    id: str
    project: str
    name: str
    graph: Graph
    stamp: int
    load: str
    window: str = ""
    changed: float = 0.0


@dataclass(frozen=True)
class Version:
    """A state that was kept.

    Args:
        number: From 1, in the order of keeping.
        when: Seconds since 1970.
        why: Why it was kept.
        graph: The layers as they were.
        run: Id of the run that began with it, or empty.
    """

    number: int
    when: float
    why: Sentence
    graph: Graph
    run: str = ""


def load(project: str, id: str) -> Drawing:
    """Raises DataError where it is not there or cannot be read."""
    try:
        data = home.read_json(folder_of(project, id) / "drawing.json")
        fields = {key: data[key] for key in ("name", "stamp", "load", "window", "changed")}
        return Drawing(id, project, graph=Graph.from_json(data["graph"]), **fields)
    except FileNotFoundError:
        raise _unknown(id) from None
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(
            mark("The file of the drawing “{id}” cannot be read.", id=id),
            mark(
                "Choose another drawing, or bring back the file `drawing.json` from a copy of the workspace."
            ),
        ) from error


def everything(project: str) -> list[Drawing]:
    """All drawings of the project, the oldest first."""
    folders = sorted(path.parent.name for path in project_folder(project).glob("[!.]*/drawing.json"))
    return [load(project, id) for id in folders]


def versions(project: str, id: str) -> list[Version]:
    """What was kept, the latest first; files that cannot be read are passed over, so that the others stay in reach."""
    found = (_read(_versions(project, id) / f"{number}.json") for number in reversed(_numbers(project, id)))
    return [kept for kept in found if kept is not None]


def version(project: str, id: str, number: int) -> Version:
    """Raises DataError where it is not there."""
    found = _read(_versions(project, id) / f"{int(number)}.json")
    if found is None:
        raise DataError(
            mark("There is no version {number} of this drawing.", number=int(number)),
            mark("Choose one from the list of versions."),
        )
    return found


def _read(path: Path) -> Version | None:
    """The version in that file; None where it is not there or damaged."""
    try:
        data = home.read_json(path)
        graph, why = Graph.from_json(data["graph"]), Sentence.from_json(data["why"])
        return Version(data["number"], data["when"], why, graph, data.get("run", ""))
    except (FileNotFoundError, ValueError, KeyError, TypeError, GraphError):
        return None


def locked(project: str) -> FileLock:
    folder = project_folder(project)
    folder.mkdir(exist_ok=True)
    return FileLock(folder / ".lock")


def project_folder(project: str) -> Path:
    if not _ID.fullmatch(project):
        raise _unknown(project)
    return home.folder("drawings") / project


def folder_of(project: str, id: str) -> Path:
    if not _ID.fullmatch(id):
        raise _unknown(id)
    return project_folder(project) / id


def following(now: Drawing, **changes: Any) -> Drawing:
    """The drawing's next state, on disk."""
    later = replace(now, stamp=stamp_after(now.stamp), changed=time.time(), **changes)
    write(later)
    return later


def write(drawing: Drawing) -> None:
    folder = folder_of(drawing.project, drawing.id)
    folder.mkdir(parents=True, exist_ok=True)
    data: Mapping[str, Any] = {
        "name": drawing.name, "stamp": drawing.stamp, "load": drawing.load, "window": drawing.window,
        "changed": drawing.changed, "graph": drawing.graph.to_json(),
    }  # fmt: skip
    home.write_json(folder / "drawing.json", data)


def kept(now: Drawing, why: Sentence, run: str = "") -> Version:
    numbers = _numbers(now.project, now.id)
    if numbers and not run:
        latest = _read(_versions(now.project, now.id) / f"{numbers[-1]}.json")
        if latest is not None and latest.graph == now.graph:
            return latest
    made = Version(numbers[-1] + 1 if numbers else 1, time.time(), why, now.graph, run)
    folder = _versions(now.project, now.id)
    folder.mkdir(parents=True, exist_ok=True)
    data = {
        "number": made.number, "when": made.when, "why": why.to_json(), "run": run, "graph": now.graph.to_json(),
    }  # fmt: skip
    home.write_json(folder / f"{made.number}.json", data)
    return made


def fitting(name: str) -> str:
    """A name that fits on the screen, and is never empty."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:MOST_LETTERS]
    return shown or say("Drawing {number}", number=1)


def stamp_after(before: int) -> int:
    return max(before + 1, time.time_ns() // 1_000_000)


def _versions(project: str, id: str) -> Path:
    return folder_of(project, id) / "versions"


def _numbers(project: str, id: str) -> list[int]:
    return sorted(int(path.stem) for path in _versions(project, id).glob("[0-9]*.json"))


def _unknown(id: str) -> DataError:
    return DataError(
        mark("There is no drawing “{id}” in this project.", id=id[:60]),
        mark("Choose one of its drawings on the design page."),
    )
