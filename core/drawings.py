"""The drawings of a project: kept by name, each with versions that can be compared and brought back.

drawings/<project>/<id>/drawing.json             the drawing as it stands, replaced whole with every change
drawings/<project>/<id>/versions/<number>.json   states that were worth keeping; no one is ever removed

A stamp tells a state from all others of the project. Who saves says on which stamp the change was made: where that is not the
latest, somebody else drew meanwhile, and what they drew becomes a version.
"""

import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from core import home, projects
from core.errors import DataError
from core.graph import Graph
from core.projects import Project
from core.words import Sentence, mark, say

PAUSE_SECONDS = 10 * 60.0
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


@dataclass(frozen=True)
class Saved:
    """What came of saving.

    Args:
        drawing: The drawing as it stands now.
        elsewhere: Whether somebody else had changed it, so that their state was kept as a version.
    """

    drawing: Drawing
    elsewhere: bool


def proposed(project: Project) -> tuple[str, int]:
    """`Drawing.load` and stamp of what the template proposes, while the project has no drawing of its own."""
    asked = home.fingerprint([project.prepared, project.template, dict(project.template_fields)])
    return f"proposal-{asked}", int(asked[:8], 16)


def current(project: Project) -> Drawing | None:
    """The drawing that the project works on, or None while it follows the template's proposal.

    Raises:
        DataError: If its file cannot be read.
    """
    if project.drawing and (_folder(project.id, project.drawing) / "drawing.json").exists():
        return load(project.id, project.drawing)
    return None if project.graph is None else _taken_over(project.id)


def _taken_over(project_id: str) -> Drawing:
    """Until version 0.2 a project held its one drawing itself; from now on it is one like all others."""
    with _locked(project_id):
        project = projects.load(project_id)
        if project.graph is None:  # somebody else was quicker
            return load(project_id, project.drawing)
        return create(project, say("Drawing {number}", number=1), Graph.from_json(project.graph))


def load(project: str, id: str) -> Drawing:
    """Raises DataError where it is not there or cannot be read."""
    try:
        data = home.read_json(_folder(project, id) / "drawing.json")
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
    folders = sorted(path.parent.name for path in _project_folder(project).glob("[!.]*/drawing.json"))
    return [load(project, id) for id in folders]


def create(project: Project, name: str, graph: Graph, begun: str = "", window: str = "") -> Drawing:
    """A new drawing, which the project works on from now on.

    Args:
        begun: What `Drawing.load` is at first, where a browser shows this graph already.
        window: Who drew it, see `save`.
    """
    id = home.new_id()
    made = Drawing(id, project.id, _name(name), graph, _stamp(0), begun or home.new_id(), window, time.time())
    _write(made)
    projects.change(project, drawing=id, graph=None)
    return made


def next_name(project: str) -> str:
    """A name that no drawing of the project has yet."""
    taken = {drawing.name for drawing in everything(project)}
    number = len(taken) + 1
    while (name := say("Drawing {number}", number=number)) in taken:
        number += 1
    return name


def save(project: str, id: str, graph: Graph, stamp: int, window: str = "") -> Saved:
    """Keep what was drawn; nothing that somebody else drew meanwhile is lost.

    Args:
        id: The drawing, or empty for the one that the project works on, which is made if there is none.
        stamp: The state that the change was made on.
        window: Who draws. A change on an older stamp by who saved last is only a repeated question.

    Raises:
        DataError: If the project or the drawing is not there.
    """
    with _locked(project):
        id = id or projects.load(project).drawing
        if not id or not (_folder(project, id) / "drawing.json").exists():
            asked = projects.load(project)
            name = next_name(project)
            return Saved(create(asked, name, graph, proposed(asked)[0], window), elsewhere=False)
        now = load(project, id)
        if graph == now.graph:
            return Saved(now, elsewhere=False)
        elsewhere = stamp != now.stamp and not (window and window == now.window)
        if elsewhere:
            _keep(now, mark("Drawn in another window"))
        elif time.time() - now.changed > PAUSE_SECONDS:
            _keep(now, mark("Before a pause"))
        return Saved(_next(now, graph=graph, window=window), elsewhere)


def replace_graph(project: str, id: str, graph: Graph, why: Sentence) -> Drawing:
    """Put another graph in its place; the one that stood there becomes a version."""
    with _locked(project):
        now = load(project, id)
        _keep(now, why)
        return _next(now, graph=graph, window="", load=home.new_id())


def keep(project: str, id: str, why: Sentence, run: str = "") -> Version:
    """The drawing as it stands, among the versions; the latest version where that is the same."""
    with _locked(project):
        return _keep(load(project, id), why, run)


def versions(project: str, id: str) -> list[Version]:
    """What was kept, the latest first."""
    return [version(project, id, number) for number in reversed(_numbers(project, id))]


def version(project: str, id: str, number: int) -> Version:
    """Raises DataError where it is not there."""
    try:
        data = home.read_json(_versions(project, id) / f"{int(number)}.json")
    except FileNotFoundError:
        raise DataError(
            mark("There is no version {number} of this drawing.", number=int(number)),
            mark("Choose one from the list of versions."),
        ) from None
    graph, why = Graph.from_json(data["graph"]), Sentence.from_json(data["why"])
    return Version(data["number"], data["when"], why, graph, data.get("run", ""))


def bring_back(project: str, id: str, number: int) -> Drawing:
    """The drawing as it was in that version; as it is now, it becomes a version itself."""
    back = version(project, id, number)
    return replace_graph(
        project, id, back.graph, mark("Before version {number} was brought back", number=number)
    )


def choose(project: Project, id: str) -> Project:
    """From now on the project works on that drawing. Raises DataError where it is not there."""
    return projects.change(project, drawing=load(project.id, id).id)


def rename(project: str, id: str, name: str) -> Drawing:
    """The drawing under another name."""
    with _locked(project):
        renamed = replace(load(project, id), name=_name(name))
        _write(renamed)
        return renamed


def copy(project: Project, id: str) -> Drawing:
    """A second drawing that begins as the first stands, without its versions; the project works on it from now on."""
    first = load(project.id, id)
    return create(project, say("{name}, copy", name=first.name), first.graph)


def delete(project: Project, id: str) -> Project:
    """Remove the drawing with all its versions; the project goes on with another one, or with the proposal."""
    with _locked(project.id):
        shutil.rmtree(_folder(project.id, load(project.id, id).id))
    if project.drawing != id:
        return project
    left = everything(project.id)
    return projects.change(project, drawing=left[-1].id if left else "")


def forget(project: str) -> None:
    """Remove all drawings of a project that is removed itself."""
    if _project_folder(project).exists():
        shutil.rmtree(_project_folder(project))


def _locked(project: str) -> FileLock:
    folder = _project_folder(project)
    folder.mkdir(exist_ok=True)
    return FileLock(folder / ".lock")


def _project_folder(project: str) -> Path:
    if not _ID.fullmatch(project):
        raise _unknown(project)
    return home.folder("drawings") / project


def _folder(project: str, id: str) -> Path:
    if not _ID.fullmatch(id):
        raise _unknown(id)
    return _project_folder(project) / id


def _versions(project: str, id: str) -> Path:
    return _folder(project, id) / "versions"


def _numbers(project: str, id: str) -> list[int]:
    return sorted(int(path.stem) for path in _versions(project, id).glob("[0-9]*.json"))


def _next(now: Drawing, **changes: Any) -> Drawing:
    """The drawing's next state, on disk."""
    following = replace(now, stamp=_stamp(now.stamp), changed=time.time(), **changes)
    _write(following)
    return following


def _write(drawing: Drawing) -> None:
    folder = _folder(drawing.project, drawing.id)
    folder.mkdir(parents=True, exist_ok=True)
    data: Mapping[str, Any] = {
        "name": drawing.name, "stamp": drawing.stamp, "load": drawing.load, "window": drawing.window,
        "changed": drawing.changed, "graph": drawing.graph.to_json(),
    }  # fmt: skip
    home.write_json(folder / "drawing.json", data)


def _keep(now: Drawing, why: Sentence, run: str = "") -> Version:
    numbers = _numbers(now.project, now.id)
    if numbers and not run:
        latest = version(now.project, now.id, numbers[-1])
        if latest.graph == now.graph:
            return latest
    kept = Version(numbers[-1] + 1 if numbers else 1, time.time(), why, now.graph, run)
    folder = _versions(now.project, now.id)
    folder.mkdir(parents=True, exist_ok=True)
    data = {
        "number": kept.number, "when": kept.when, "why": why.to_json(), "run": run, "graph": now.graph.to_json(),
    }  # fmt: skip
    home.write_json(folder / f"{kept.number}.json", data)
    return kept


def _name(name: str) -> str:
    """A name that fits on the screen, and is never empty."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:MOST_LETTERS]
    return shown or say("Drawing {number}", number=1)


def _stamp(before: int) -> int:
    return max(before + 1, time.time_ns() // 1_000_000)


def _unknown(id: str) -> DataError:
    return DataError(
        mark("There is no drawing “{id}” in this project.", id=id[:60]),
        mark("Choose one of its drawings on the design page."),
    )
