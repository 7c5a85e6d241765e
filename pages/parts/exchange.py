"""A drawing as a file: taken away, and brought in."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from core import architecture, drawings, projects
from core.graph import Graph
from core.projects import Project
from core.words import mark, say
from pages.parts import chosen, dialogs, place, trouble

MOST_MEGABYTES = 200


def download(project: Project, facts: Mapping[str, Any]) -> None:
    """The button that takes the drawing away, as it is when it is clicked."""
    st.download_button(
        say("Download as a file"), partial(_text, project.id, facts), file_name="graph.json",
        mime="application/json", key="download-graph", icon=":material/download:", type="tertiary",
        on_click="ignore",
    )  # fmt: skip


def _text(project_id: str, facts: Mapping[str, Any]) -> str:
    graph = chosen.graph(projects.load(project_id), facts)
    return json.dumps(graph.to_json(), ensure_ascii=False, indent=1)


@trouble.guarded
def body(project_id: str, facts: Mapping[str, Any]) -> None:
    """Brings a file in; what was drawn becomes a version."""
    st.markdown(
        say(
            "A drawing that was downloaded here, or a Keras model: of it, only the layers are read, and nothing in it is run."
        )
    )
    file = st.file_uploader(
        say("Drawing or model"), key="import-file", max_upload_size=MOST_MEGABYTES, label_visibility="collapsed",
        help=say("A file that ends in .json or .keras."),
    )  # fmt: skip
    if file is None:
        return
    graph, notes = architecture.read(file.name, file.getvalue(), facts)
    for note in notes:
        st.caption(f":material/build: {trouble.escape(str(note))}")
    st.markdown(say("It has {count} layer.", plural="It has {count:,} layers.", count=len(graph.layers)))
    if st.button(say("Put it in place of the drawing"), key="import-now", type="primary"):
        _take(projects.load(project_id), graph, file.name)


def _take(project: Project, graph: Graph, name: str) -> None:
    drawing = drawings.current(project)
    if drawing is None:
        drawings.create(project, drawings.next_name(project.id), graph)
    else:
        drawings.replace_graph(
            project.id, drawing.id, graph, mark("Before “{file}” was imported", file=name[:80])
        )
    place.renew_forms()
    dialogs.shut()
