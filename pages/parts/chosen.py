"""What a page is about: the project's network as it stands now, and the run that the page shows."""

from collections.abc import Mapping
from typing import Any

from core.graph import Graph
from core.projects import Project
from core.runs import Run
from core.templates import DEFAULT
from core.templates import SHELF as TEMPLATES
from pages.parts import place, progress


def graph(project: Project, facts: Mapping[str, Any]) -> Graph:
    """The user's drawing, else what the template proposes for these facts."""
    if project.graph is not None:
        return Graph.from_json(project.graph)
    return TEMPLATES[project.template or DEFAULT].graph(facts, project.template_fields)


def tested_run(project: Project) -> Run | None:
    """The run in the address if it has results, else the project's latest that has, else None."""
    every = [run for run in progress.runs_of(project) if run.results() is not None]
    wanted = place.run_id()
    found = next((run for run in every if run.id == wanted), every[0] if every else None)
    if found is not None:
        place.choose_run(found.id)
    return found
