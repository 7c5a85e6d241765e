"""Design: a template proposes the network; it is drawn, explained, and every layer can be changed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import blocks, prepare, projects, templates
from core.graph import Graph, Report, explain
from core.projects import Project
from core.spec import TRAINING, training_fields
from core.templates import SHELF as TEMPLATES
from core.words import say
from pages.parts import (
    design_variants,
    drawing_menu,
    editor,
    form,
    header,
    layer_words,
    place,
    proposals,
    steps,
    tastes_design,
    trouble,
    warm,
)


@trouble.guarded
def body() -> None:
    project = header.begin("design")
    if project is None or not project.prepared:
        header.title("design")
        header.empty(say("The network is proposed once it is clear what you want to know."), "goal", project)
        return
    facts = prepare.load(project.prepared).facts
    warm.begin()
    with st.container(key="design-head", gap=None):
        header.title("design")
        with st.container(key="drawing-row", horizontal=True, horizontal_alignment="distribute", gap="small"):
            with st.container(key="template-choice", horizontal=True, width="content", gap="small"):
                proposals.choose(project, facts)
                proposals.settings(project, facts)
            with st.container(key="drawing-choice", horizontal=True, width="content", gap="small"):
                drawing_menu.draw(project, facts)
    tastes_design.draw(facts, templates.chosen(project.template, facts))
    _drawing(project.id, facts, _about(project, facts))


def _about(project: Project, facts: Mapping[str, Any]) -> tuple[str, bool]:
    """What the part of the page above the editor depends on."""
    return project.drawing, proposals.by_hand(project, facts)


@st.fragment
@trouble.guarded
def _drawing(project_id: str, facts: Mapping[str, Any], about: tuple[str, bool]) -> None:
    """All that follows from the drawing; a change in the editor draws only this anew.

    Args:
        about: What the rest of the page was drawn for; where that has changed, all is drawn anew.
    """
    project = projects.load(project_id)
    if _about(project, facts) != about:
        st.rerun()
    graph, report = editor.draw(project, facts)
    _told(graph, report, facts)
    for error in blocks.everything()[1]:
        trouble.show(error.what, error.fix)
    design_variants.draw(project, graph, facts)
    _training(project, facts)
    _onward(project, templates.chosen(project.template, facts), graph, report)


def _told(graph: Graph, report: Report, facts: Mapping[str, Any]) -> None:
    """The drawing for who cannot see it: read by screen readers, never shown, as the editor shows the same."""
    sentences = [trouble.escape(str(sentence)) for sentence in explain(graph, facts, report)]
    layers = [
        trouble.escape(layer_words.sentence(layer, report.layers[layer.name])) for layer in graph.layers
    ]
    with st.container(key="told"):
        st.markdown(f"**{say('The network in words')}**")
        st.markdown(
            "\n".join([*(f"- {sentence}" for sentence in sentences), "", *(f"1. {la}" for la in layers)])
        )


def _training(project: Project, facts: Mapping[str, Any]) -> None:
    """The settings of the training: the few that matter first, the others folded away."""
    fields = training_fields(facts)
    automatic = TEMPLATES[templates.chosen(project.template, facts)].training(facts)
    key, found = f"training-{project.id}-{place.revision()}", {}
    with st.expander(say("Settings of the training"), icon=":material/tune:"):
        found |= form.form(fields, project.training, key, automatic, main=True)
        with st.expander(say("More settings"), expanded=_changed_more(project)):
            found |= form.form(fields, project.training, key, automatic, main=False)
    if found != {name: value for name, value in project.training.items() if name in fields}:
        projects.change(project, training=found)
        st.rerun()


def _changed_more(project: Project) -> bool:
    """Whether one of the settings that are folded away was set by hand."""
    return any(
        not TRAINING[name].main and value != TRAINING[name].default
        for name, value in project.training.items()
        if name in TRAINING
    )


def _onward(project: Project, template: str, graph: Graph, report: Report) -> None:
    """The way to training, shut while the drawing is broken, with the layer that shuts it."""
    label = str(steps.step("train").onward)
    if header.forward(label, disabled=not report.ok, why=_why_shut(graph, report)):
        projects.change(project, template=template)
        st.switch_page(steps.page("train"), query_params=place.address(project.id))


def _why_shut(graph: Graph, report: Report) -> str:
    """One line; the whole of it stands on the layer."""
    if not graph.layers:
        return say("Begin with an Input, which brings the rows in, and an Output, which gives the answer.")
    if report.ok:
        return ""
    first = report.errors[0]
    if not first.layer:
        return f":material/error: {trouble.escape(str(first.what))}"
    return ":material/error: " + say(
        "The layer “{layer}” has to be put right first.", layer=trouble.escape(first.layer)
    )


body()
