"""A run is asked for: named, kept beside the drawing that it began with, and put into the queue."""

from typing import Any

import streamlit as st

from core import drawings, projects, runs
from core.spec import Spec
from core.words import mark, say
from pages.parts import place, progress


def start(spec: Spec) -> None:
    """Ask for the run and show it."""
    number = len([r for r in runs.everything() if progress.asked(r).project == spec.project]) + 1
    project = projects.load(spec.project)
    if not project.template:
        projects.change(project, template=spec.template)
    name = say("{project}, run {number}", project=project.name, number=number)
    run = runs.create(Spec(**{**vars(spec), "name": name}))
    drawing = drawings.current(project)
    if drawing is not None:
        drawings.keep(project.id, drawing.id, mark("“{run}” began with it", run=name), run.id)
    runs.submit(run)
    place.choose_run(run.id)
    st.rerun()


def asks(spec: Spec) -> dict[str, Any]:
    """All that makes a difference to what is learned; where a layer stands in the picture makes none."""
    whole = spec.to_json()
    layers = [{**layer, "place": None} for layer in whole["graph"]["layers"]]
    return {**{name: whole[name] for name in ("data", "goal", "training", "seed")}, "layers": layers}
