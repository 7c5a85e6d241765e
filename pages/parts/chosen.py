"""What a page is about: the project's network as it stands now, and the run that the page shows."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from core import drawings, home, prepare
from core.graph import Graph
from core.projects import Project
from core.runs import Run
from core.templates import SHELF as TEMPLATES
from core.templates import chosen
from pages.parts import place, progress


def facts(project: Project) -> Mapping[str, Any]:
    """What is known about the project's prepared rows; it never changes, so it is read once.

    Raises:
        DataError: If they are not there any more.
    """
    return _facts(str(home.folder("prepared")), project.prepared)


@lru_cache(maxsize=32)
def _facts(_workspace: str, prepared: str) -> Mapping[str, Any]:
    return prepare.load(prepared).facts


def proposal(project: Project, facts: Mapping[str, Any]) -> Graph:
    """What the project's template proposes for these facts."""
    return TEMPLATES[chosen(project.template, facts)].graph(facts, project.template_fields)


def graph(project: Project, facts: Mapping[str, Any]) -> Graph:
    """The user's drawing, else what the template proposes."""
    drawing = drawings.current(project)
    return proposal(project, facts) if drawing is None else drawing.graph


def batch_size(project: Project, facts: Mapping[str, Any]) -> int:
    """Rows per step: as the user set it, else as the template sets it."""
    asked = project.training.get("batch_size")
    return int(asked or TEMPLATES[chosen(project.template, facts)].training(facts)["batch_size"])


def preview_run(project: Project) -> Run | None:
    """The project's latest run that has learned from the rows that it is about now, or None."""
    return next((r for r in progress.runs_of(project) if _learned(r, project)), None)


def _learned(run: Run, project: Project) -> bool:
    asked = progress.asked(run)
    same = asked.data == project.data and asked.goal.to_json() == project.goal
    return same and run.results() is not None


def tested_run(project: Project) -> Run | None:
    """The run in the address if it has results, else the project's latest that has, else None."""
    every = [run for run in progress.runs_of(project) if run.results() is not None]
    wanted = place.run_id()
    found = next((run for run in every if run.id == wanted), every[0] if every else None)
    if found is not None:
        place.choose_run(found.id)
    return found
