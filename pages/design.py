"""Design: a template proposes the network; it is drawn, explained, and every layer can be changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from core import prepare, projects
from core.graph import Graph, Layer, Report, explain, measure
from core.layers import SHELF as LAYERS
from core.projects import Project
from core.spec import TRAINING
from core.templates import DEFAULT
from core.templates import SHELF as TEMPLATES
from core.words import say
from pages.parts import chosen, drawn, form, header, place, steps, trouble

LAYER = "layer"


@trouble.guarded
def body() -> None:
    project = header.begin("design")
    header.title("design")
    if project is None or not project.prepared:
        header.empty(say("The network is proposed once it is clear what you want to know."), "goal", project)
        return
    facts = prepare.load(project.prepared).facts
    template = project.template or DEFAULT
    graph = chosen.graph(project, facts)
    report = measure(graph, facts)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _figures(report, facts)
        selected = _picture(project, graph, report)
    with right:
        if selected in graph:
            _layer(project, template, graph, report, selected, facts)
        _template(project, template, facts)
        _explanation(graph, facts)
    _faults(report)
    _training(project, template, facts)
    if header.forward(str(steps.step("train").onward), disabled=not report.ok):
        projects.change(project, template=template)
        st.switch_page(steps.page("train"), query_params=place.address(project.id))


def _figures(report: Report, facts: Mapping[str, Any]) -> None:
    with st.container(key="facts", horizontal=True):
        st.metric(say("Layers"), f"{len(report.layers):,}")
        st.metric(say("Weights"), f"{report.weights:,}")
        st.metric(say("Rows to learn from"), f"{facts['rows']['train']:,}")


def _picture(project: Project, graph: Graph, report: Report) -> str:
    """The drawing; the layer that is being changed."""
    selected = place.noted(LAYER)
    with st.container(key="card-network", border=True):
        clicked = drawn.draw(graph, report, f"network-{project.id}", selected)
    if clicked and clicked != selected:
        place.note(LAYER, clicked)
        st.rerun()
    names = [layer.name for layer in graph.layers]
    picked = st.selectbox(
        say("Click a layer to change it, or choose it here"), names, key=f"layer-{project.id}-{selected}",
        index=names.index(selected) if selected in names else None, placeholder=say("No layer chosen"),
        format_func=lambda name: f"{LAYERS[graph[name].kind].LABEL} · {name}",
    )  # fmt: skip
    if (picked or "") != selected:
        place.note(LAYER, picked or "")
        st.rerun()
    return selected


def _template(project: Project, template: str, facts: Mapping[str, Any]) -> None:
    st.subheader(say("Template"), anchor=False)
    suiting = [name for name in TEMPLATES if TEMPLATES[name].suits(facts)]
    picked = st.segmented_control(
        say("Template"), suiting, default=template, key=f"template-{project.id}", required=True,
        format_func=lambda name: str(TEMPLATES[name].LABEL), label_visibility="collapsed",
    )  # fmt: skip
    st.caption(str(TEMPLATES[template].HELP))
    if picked and picked != template:
        projects.change(project, template=picked, template_fields={}, graph=None)
        st.rerun()
    if project.graph is not None:
        _start_over(project)
        return
    found = _template_form(project, template, facts)
    if found != dict(project.template_fields):
        projects.change(project, template_fields=found)
        st.rerun()


def _template_form(project: Project, template: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    fields = TEMPLATES[template].FIELDS
    automatic = TEMPLATES[template].automatic(facts)
    key = f"template-{project.id}-{template}-{place.revision()}"
    values = project.template_fields
    found = form.form(fields, values, key, automatic, columns=2, main=True)
    if any(not field.main for field in fields.values()):
        with st.expander(say("More of the template")):
            found |= form.form(fields, values, key, automatic, columns=2, main=False)
    return found


def _start_over(project: Project) -> None:
    st.markdown(say(":material/edit: You changed layers by hand."))
    if st.button(say("Start over from the template"), key="start-over", icon=":material/restart_alt:"):
        projects.change(project, graph=None)
        place.renew_forms()
        st.rerun()


def _explanation(graph: Graph, facts: Mapping[str, Any]) -> None:
    sentences = explain(graph, facts)
    if sentences:
        st.subheader(say("What it does"), anchor=False)
        st.markdown("\n".join(f"- {trouble.escape(str(sentence))}" for sentence in sentences))


def _layer(
    project: Project, template: str, graph: Graph, report: Report, name: str, facts: Mapping[str, Any]
) -> None:
    """The settings of one layer."""
    layer, kind = graph[name], LAYERS[graph[name].kind]
    with st.container(key="card-layer", border=True):
        st.markdown(f"**{kind.LABEL}** · {trouble.escape(name)}")
        st.caption(str(kind.HELP))
        settable = {} if layer.kind in ("input", "output") else kind.FIELDS
        if not settable:
            st.caption(say("It follows from your data and your question, so there is nothing to set."))
            return
        key = f"layer-{project.id}-{name}-{place.revision()}"
        automatic = report.layers[name].fields
        found = form.form(settable, layer.fields, key, automatic, columns=2, main=True)
        with st.expander(say("More")):
            found |= form.form(settable, layer.fields, key, automatic, columns=2, main=False)
        if found != dict(layer.fields):
            _keep(project, graph, replace(layer, fields=found))
        _back(project, graph, layer, TEMPLATES[template].graph(facts, project.template_fields))


def _keep(project: Project, graph: Graph, layer: Layer) -> None:
    projects.change(project, graph=graph.replace(layer).to_json())
    st.rerun()


def _back(project: Project, graph: Graph, layer: Layer, proposed: Graph) -> None:
    """The way back to what the template proposed for this layer."""
    if layer.name in proposed and dict(proposed[layer.name].fields) != dict(layer.fields):
        label = say("Back to automatic")
        if st.button(label, key=f"back-{layer.name}", icon=":material/undo:"):
            place.renew_forms()
            _keep(project, graph, replace(layer, fields=proposed[layer.name].fields))


def _faults(report: Report) -> None:
    for fault in report.errors:
        trouble.show(fault.what, fault.fix)


def _training(project: Project, template: str, facts: Mapping[str, Any]) -> None:
    with st.expander(say("Settings of the training"), icon=":material/tune:"):
        found = form.form(
            TRAINING,
            project.training,
            f"training-{project.id}-{place.revision()}",
            TEMPLATES[template].training(facts),
        )
    if found != dict(project.training):
        projects.change(project, training=found)
        st.rerun()


body()
