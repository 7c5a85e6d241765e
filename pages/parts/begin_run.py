"""A run is asked for: named, kept beside the drawing that it began with, and put into the queue."""

from collections.abc import Sequence
from typing import Any

from core import drawings, projects, runs
from core.projects import Project
from core.runs import Run
from core.spec import Spec
from core.words import Sentence, mark, say
from pages.parts import dialogs, place, progress

LONGEST = 120  # letters of a name


def start(spec: Spec, other: Sequence[Sentence] = ()) -> None:
    """Ask for the run and show it.

    Args:
        other: What it is asked otherwise than the run that it was made from, which becomes part of its name.
    """
    project = projects.load(spec.project)
    if not project.template:
        projects.change(project, template=spec.template)
    name = named(project, other)
    run = runs.create(Spec(**{**vars(spec), "name": name, "versions": {}}))
    drawing = drawings.current(project)
    if drawing is not None and drawing.graph == spec.graph:
        drawings.keep(project.id, drawing.id, mark("“{run}” began with it", run=name), run.id)
    begun(run)


def begun(run: Run) -> None:
    """Let a run that was made wait in the queue, and show it."""
    runs.submit(run)
    place.choose_run(run.id)
    dialogs.shut()


def named(project: Project, other: Sequence[Sentence] = ()) -> str:
    """What the project's next run is called: by its number, and by what is different about it."""
    number = len([r for r in runs.everything() if progress.asked(r).project == project.id]) + 1
    if not other:
        return say("{project}, run {number}", project=project.name, number=number)
    what = str(other[0]).removesuffix(".").removesuffix("。")
    name = say("{project}, run {number} – {what}", project=project.name, number=number, what=what)
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def asks(spec: Spec) -> dict[str, Any]:
    """All of what a project asks that makes a difference; where a layer stands in the picture makes none."""
    whole = spec.to_json()
    layers = [{**layer, "place": None} for layer in whole["graph"]["layers"]]
    return {**{name: whole[name] for name in ("data", "goal", "training")}, "layers": layers}
