"""The drawings of a project: kept by name, each with versions that can be compared and brought back.

drawings/<project>/<id>/drawing.json             the drawing as it stands, replaced whole with every change
drawings/<project>/<id>/versions/<number>.json   states that were worth keeping; no one is ever removed

A stamp tells a state from all others of the project. Who saves says on which stamp the change was made: where that is not the
latest, somebody else drew meanwhile, and what they drew becomes a version.
"""

import shutil
import time
from dataclasses import dataclass, replace

from core import home, projects
from core.drawings import _disk
from core.drawings._disk import MOST_LETTERS, Drawing, Version, everything, load, version, versions
from core.graph import Graph
from core.projects import Project
from core.words import Sentence, mark, say

__all__ = [
    "MOST_LETTERS", "PAUSE_SECONDS", "Drawing", "Saved", "Version", "bring_back", "choose", "copy", "create", "current",
    "delete", "everything", "forget", "keep", "load", "next_name", "proposed", "rename", "replace_graph", "save",
    "version", "versions",
]  # fmt: skip

PAUSE_SECONDS = 10 * 60.0


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
    if project.drawing and (_disk.folder_of(project.id, project.drawing) / "drawing.json").exists():
        return load(project.id, project.drawing)
    return None if project.graph is None else _taken_over(project.id)


def _taken_over(project_id: str) -> Drawing:
    """Until version 0.2 a project held its one drawing itself; from now on it is one like all others."""
    with _disk.locked(project_id):
        project = projects.load(project_id)
        if project.graph is None:  # somebody else was quicker
            return load(project_id, project.drawing)
        return create(project, say("Drawing {number}", number=1), Graph.from_json(project.graph))


def create(project: Project, name: str, graph: Graph, begun: str = "", window: str = "") -> Drawing:
    """A new drawing, which the project works on from now on.

    Args:
        begun: What `Drawing.load` is at first, where a browser shows this graph already.
        window: Who drew it, see `save`.
    """
    id = home.new_id()
    made = Drawing(
        id,
        project.id,
        _disk.fitting(name),
        graph,
        _disk.stamp_after(0),
        begun or home.new_id(),
        window,
        time.time(),
    )
    _disk.write(made)
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
    with _disk.locked(project):
        id = id or projects.load(project).drawing
        if not id or not (_disk.folder_of(project, id) / "drawing.json").exists():
            asked = projects.load(project)
            name = next_name(project)
            return Saved(create(asked, name, graph, proposed(asked)[0], window), elsewhere=False)
        now = load(project, id)
        if graph == now.graph:
            return Saved(now, elsewhere=False)
        elsewhere = stamp != now.stamp and not (window and window == now.window)
        if elsewhere:
            _disk.kept(now, mark("Drawn in another window"))
        elif time.time() - now.changed > PAUSE_SECONDS:
            _disk.kept(now, mark("Before a pause"))
        return Saved(_disk.following(now, graph=graph, window=window), elsewhere)


def replace_graph(project: str, id: str, graph: Graph, why: Sentence) -> Drawing:
    """Put another graph in its place; the one that stood there becomes a version."""
    with _disk.locked(project):
        now = load(project, id)
        _disk.kept(now, why)
        return _disk.following(now, graph=graph, window="", load=home.new_id())


def keep(project: str, id: str, why: Sentence, run: str = "") -> Version:
    """The drawing as it stands, among the versions; the latest version where that is the same."""
    with _disk.locked(project):
        return _disk.kept(load(project, id), why, run)


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
    with _disk.locked(project):
        renamed = replace(load(project, id), name=_disk.fitting(name))
        _disk.write(renamed)
        return renamed


def copy(project: Project, id: str) -> Drawing:
    """A second drawing that begins as the first stands, without its versions; the project works on it from now on."""
    first = load(project.id, id)
    return create(project, say("{name}, copy", name=first.name), first.graph)


def delete(project: Project, id: str) -> Project:
    """Remove the drawing with all its versions; the project goes on with another one, or with the proposal."""
    with _disk.locked(project.id):
        shutil.rmtree(_disk.folder_of(project.id, load(project.id, id).id))
    if project.drawing != id:
        return project
    left = everything(project.id)
    return projects.change(project, drawing=left[-1].id if left else "")


def forget(project: str) -> None:
    """Remove all drawings of a project that is removed itself."""
    if _disk.project_folder(project).exists():
        shutil.rmtree(_disk.project_folder(project))
