"""What a template proposes on the design page: which template, its settings, and the way back to it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from core import drawings, projects, templates
from core.drawings import Drawing
from core.graph import Graph
from core.projects import Project
from core.templates import SHELF as TEMPLATES
from core.words import Sentence, mark, say
from pages.parts import chosen, form, place

MOST_SIDE_BY_SIDE = 5  # templates; more would not stand on one line


def choose(project: Project, facts: Mapping[str, Any]) -> None:
    """The choice of a template; what was drawn becomes a version first."""
    template = templates.chosen(project.template, facts)
    suiting = templates.suiting(facts)
    told: dict[str, Any] = {
        "key": f"template-{project.id}-{place.revision()}", "help": str(TEMPLATES[template].HELP),
        "format_func": lambda name: str(TEMPLATES[name].LABEL),
    }  # fmt: skip
    if len(suiting) > MOST_SIDE_BY_SIDE:
        at = suiting.index(template) if template in suiting else None
        picked = st.selectbox(say("Template"), suiting, at, width=280, **told)
    else:
        now = template if template in suiting else None
        picked = st.segmented_control(say("Template"), suiting, default=now, required=True, **told)
    if picked and picked != template:
        before = mark("Before the template “{template}” was chosen", template=TEMPLATES[picked].LABEL)
        _propose(project, facts, before, template=picked, template_fields={})


def settings(project: Project, facts: Mapping[str, Any]) -> None:
    """A menu of the template's settings, as long as its proposal stands; else of the way back to it."""
    with st.popover(say("Settings"), icon=":material/tune:", key="template-settings"):
        if by_hand(project, facts):
            _way_back(project, facts)
        else:
            _fields(project, facts)


def _way_back(project: Project, facts: Mapping[str, Any]) -> None:
    st.markdown(say(":material/edit: You changed layers by hand."))
    label = say("Start over from the template")
    if st.button(label, key="start-over", icon=":material/restart_alt:"):
        _propose(project, facts, mark("Before starting over from the template"))


def _fields(project: Project, facts: Mapping[str, Any]) -> None:
    template = templates.chosen(project.template, facts)
    found = form.form(
        TEMPLATES[template].FIELDS, project.template_fields,
        f"template-{project.id}-{template}-{place.revision()}", TEMPLATES[template].automatic(facts), columns=1,
    )  # fmt: skip
    if found != dict(project.template_fields):
        _propose(project, facts, mark("Before the template's settings were changed"), template_fields=found)


def by_hand(project: Project, facts: Mapping[str, Any]) -> bool:
    """Whether the project's drawing is another one than its template proposes."""
    drawing = drawings.current(project)
    return drawing is not None and not _same(drawing.graph, chosen.proposal(project, facts))


def _same(one: Graph, other: Graph) -> bool:
    """Whether two graphs differ at most in where their layers stand."""
    return _unplaced(one) == _unplaced(other)


def _unplaced(graph: Graph) -> Graph:
    return Graph(tuple(replace(layer, place=None) for layer in graph.layers))


def _propose(project: Project, facts: Mapping[str, Any], why: Sentence, **changes: Any) -> None:
    """The proposal after these changes of the project, also in its drawing where it has one."""
    drawing: Drawing | None = drawings.current(project)
    changed = projects.change(project, **changes) if changes else project
    if drawing is not None:
        drawings.replace_graph(project.id, drawing.id, chosen.proposal(changed, facts), why)
    place.renew_forms()
    st.rerun()
