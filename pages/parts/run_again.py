"""What can be done with a run that has ended; one button is the next step."""

import streamlit as st

from core import projects, runs
from core.projects import Project
from core.runs import Run
from core.spec import Spec
from core.words import say
from pages.parts import before_start, begin_run, header, place, progress, steps


def draw(run: Run, spec: Spec) -> None:
    """What can be done with a run that has ended; one button is the next step."""
    changed = begin_run.asks(spec) != begin_run.asks(progress.asked(run))
    good = run.results() is not None
    if not good and _go_on(run):
        if st.button(say("Train again"), key="again", icon=":material/replay:"):
            begin_run.start(spec)
        return
    whole = not changed or before_start.possible(projects.load(spec.project), spec)
    if changed:
        st.info(
            say("You changed something since this run. Train again to see what it does."),
            icon=":material/edit:",
        )
    if good and not changed:
        again = st.button(say("Train again"), key="again", icon=":material/replay:")
        if header.forward(str(steps.step("results").onward)):
            st.switch_page(steps.page("results"), query_params=place.address(spec.project, run.id))
    else:
        if good:
            results_link(projects.load(spec.project), run)
        again = header.forward(say("Train again"), disabled=not whole)
    if again:
        begin_run.start(spec)


def results_link(project: Project, run: Run) -> None:
    """The way to how good the run is."""
    st.page_link(
        steps.page("results"), label=str(steps.step("results").onward), icon=":material/arrow_forward:",
        query_params=place.address(project.id, run.id),
    )  # fmt: skip


def _go_on(run: Run) -> bool:
    """The way on for a run that has ended badly; whether there is one."""
    epoch = run.goes_on_from()
    if epoch is None:
        return False
    if header.forward(say("Go on from epoch {epoch}", epoch=epoch)):
        runs.request_go_on(run)
        st.rerun()
    return True
