"""The editor on a page: a component of our own that owns the drawing while it is shown, and saves it by our routes."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st

from core import drawings
from core.drawings import Drawing
from core.graph import Graph, Report, measure
from core.projects import Project
from core.words import language, say
from pages.parts import catalog_route, chosen, drawing_routes, place, progress, report_json


@cache
def _component() -> Callable[..., Any]:
    """The built bundle, from the package that ships it; only a running server knows such packages."""
    return st.components.v2.component("modelyard-editor.editor", js="editor-*.js", css="editor-*.css")


def draw(project: Project, facts: Mapping[str, Any]) -> tuple[Graph, Report]:
    """Show the project's drawing to be changed; what it was when this was last saved."""
    drawing = drawings.current(project)
    proposal = chosen.proposal(project, facts)
    graph = proposal if drawing is None else drawing.graph
    report = measure(graph, facts)
    load, stamp = _state(project, drawing)
    trained = chosen.preview_run(project)
    data = {
        "project": project.id,
        "key": drawing_routes.key(project.id),
        "api": drawing_routes.address(drawing.id if drawing else "", place.window()),
        "language": language(),
        "drawing": drawing.id if drawing else "",
        "load": load,
        "stamp": stamp,
        "graph": graph.to_json(),
        "report": report_json.of(graph, report, facts, chosen.batch_size(project, facts)),
        "catalog": catalog_route.told(),
        "parts": list(facts["inputs"]),
        "proposed": {layer.name: dict(layer.fields) for layer in proposal.layers},
        "rows": facts["rows"]["validation"],
        "trained": progress.asked(trained).name if trained else "",
        "waiting": say("The editor is getting ready."),
    }
    _component()(key=f"editor-{project.id}", data=data, height="content", on_saved_change=lambda: None)
    return graph, report


def _state(project: Project, drawing: Drawing | None) -> tuple[str, int]:
    """What the browser compares with what it has: it takes the graph only where `load` is another one.

    What this window drew itself, it has already; what another window drew since, it has to take.
    """
    if drawing is None:
        load, stamp = drawings.proposed(project)
    else:
        load, stamp = drawing.load, drawing.stamp
    shown, known = place.seen(project.id)
    if shown.partition("~")[0] == load:
        mine = drawing is None or drawing.window == place.window() or stamp == known
        load = shown if mine else f"{load}~{stamp}"
    place.see(project.id, load, stamp)
    return load, stamp
