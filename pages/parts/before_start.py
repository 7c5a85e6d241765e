"""Before a run: what will happen, what it will cost, and whether it can work at all."""

import streamlit as st

from core import devices, prepare, projects
from core.graph import measure
from core.projects import Project
from core.spec import Spec
from core.words import say
from pages.parts import moments, place, steps, trouble


def draw(project: Project, spec: Spec) -> bool:
    """Tell it all; whether the run can be started."""
    whole = possible(project, spec)
    if whole:
        _summary(spec)
    return whole


def possible(project: Project, spec: Spec) -> bool:
    """Whether the drawing can be trained; where it cannot, what is the matter and the way to it are shown."""
    faults = measure(spec.graph, prepare.load(project.prepared).facts).errors
    if not faults:
        return True
    trouble.show(faults[0].what, faults[0].fix)
    st.page_link(
        steps.page("design"), label=say("Go to the drawing"), icon=":material/arrow_back:",
        query_params=place.address(project.id),
    )  # fmt: skip
    return False


def _summary(spec: Spec) -> None:
    facts = prepare.load(projects.load(spec.project).prepared).facts
    report = measure(spec.graph, facts)
    with st.container(key="facts", horizontal=True):
        st.metric(say("Rows to learn from"), f"{facts['rows']['train']:,}")
        st.metric(say("Rows that decide when to stop"), f"{facts['rows']['validation']:,}")
        st.metric(say("Weights"), f"{report.weights:,}")
        st.metric(say("Device"), str(devices.automatic().label))
        st.metric(say("At most"), moments.length(spec.training["minutes"] * 60))
    st.markdown(
        say(
            "The network will learn to predict **{target}**. It sees all training rows again and again, at most "
            "{epochs} times, and stops by itself when it no longer gets better on rows that it does not learn from. "
            "It trains in a process of its own, so you may close this page.",
            target=trouble.escape(spec.goal.target), epochs=spec.training["epochs"],
        )
    )  # fmt: skip
