"""A project: what was chosen so far for one question, kept on disk so that a reload or a restart loses nothing."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from core import home
from core.errors import DataError
from core.words import mark


@dataclass(frozen=True)
class Project:
    """What was chosen so far, step by step; a later step is empty until its page was visited.

    Args:
        id: Part of every page's address.
        name: What the user calls it.
        data: Id of the data set, or empty.
        kinds: Kinds of column that the user changed, by column.
        left_out: Columns that the user took out on the data page: no goal begins with them as inputs.
        goal: A `Goal` as JSON, or None.
        prepared: Id of the folder with recipes and encoded rows for this goal, or empty.
        template: The chosen template, or empty.
        template_fields: Settings of the template.
        drawing: Id of the drawing that is worked on, or empty while the template's proposal stands.
        graph: The drawing of a project from before there were drawings, until `core.drawings` takes it over.
        training: Values of `core.spec.TRAINING` that the user set.
        device: Where runs are to train, one of `core.devices`, or empty for automatic.
        changed: Seconds since 1970.
    """

    id: str
    name: str = ""
    data: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    goal: Mapping[str, Any] | None = None
    prepared: str = ""
    template: str = ""
    template_fields: Mapping[str, Any] = field(default_factory=dict)
    drawing: str = ""
    graph: Mapping[str, Any] | None = None
    training: Mapping[str, Any] = field(default_factory=dict)
    device: str = ""
    changed: float = 0.0


def _path(id: str) -> Path:
    if len(id) > 60 or not id.replace("-", "").isalnum():
        raise _unknown(id)
    return home.folder("projects") / f"{id}.json"


def _unknown(id: str) -> DataError:
    return DataError(
        mark("There is no project “{id}” here.", id=id[:60]),
        mark("Open one of your projects from the start page, or begin with a new file."),
    )


def create(name: str, data: str) -> Project:
    """A new project on a data set."""
    project = Project(home.new_id(), name, data)
    save(project)
    return project


def save(project: Project) -> None:
    home.write_json(_path(project.id), {**asdict(project), "changed": time.time()})


def change(project: Project, **changes: Any) -> Project:
    """The project with these fields changed, saved; what another window changed meanwhile stays."""
    with FileLock(home.folder("projects") / ".lock"):
        changed = replace(load(project.id), **changes)
        save(changed)
    return changed


def load(id: str) -> Project:
    """Raises DataError if there is no such project."""
    try:
        return _read(_path(id))
    except FileNotFoundError:
        raise _unknown(id) from None


def _read(path: Path) -> Project:
    told = home.read_json(path)
    return Project(**{**told, "left_out": tuple(told.get("left_out", ()))})


def everything() -> list[Project]:
    """All projects, the latest change first."""
    found = [_read(p) for p in home.folder("projects").glob("[!.]*.json")]
    return sorted(found, key=lambda p: -p.changed)


def delete(id: str) -> None:
    """Forget the choices; data sets and runs stay."""
    _path(id).unlink(missing_ok=True)
