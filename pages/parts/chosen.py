"""Which run a page is about: the one in the address, else the project's latest that fits."""

from core.projects import Project
from core.runs import Run
from pages.parts import place, progress


def tested_run(project: Project) -> Run | None:
    """The run in the address if it has results, else the project's latest that has, else None."""
    every = [run for run in progress.runs_of(project) if run.results() is not None]
    wanted = place.run_id()
    found = next((run for run in every if run.id == wanted), every[0] if every else None)
    if found is not None:
        place.choose_run(found.id)
    return found
