"""Train: what will happen, the start, the moving curves, and the runs before."""

import streamlit as st

from core import prepare, templates
from core.fields import check_all
from core.goal import Goal
from core.projects import Project
from core.runs import Run
from core.spec import TRAINING, Spec
from core.words import say
from pages.parts import (
    before_start,
    begin_run,
    chosen,
    expectation,
    header,
    live,
    notices,
    other_runs,
    place,
    progress,
    run_again,
    run_controls,
    trouble,
    waiting_runs,
)


@trouble.guarded
def body() -> None:
    project = header.begin("train")
    header.title("train")
    every = progress.runs_of(project) if project is not None else []
    if project is None or not (project.prepared or every):
        header.empty(say("There is nothing to train yet: first say what you want to know."), "goal", project)
        return
    spec = _spec(project) if project.prepared else None
    run = next((r for r in every if r.id == place.run_id()), every[0] if every else None)
    if run is None:
        expectation.draw(project)
        can_start = before_start.draw(project, spec)
        if header.forward(say("Start training"), disabled=not can_start):
            begin_run.start(spec)
        return
    _watch(project, run, spec)
    waiting_runs.draw(run)
    notices.draw(project)
    other_runs.draw(project, every, run)


def _spec(project: Project) -> Spec:
    """What the project asks of a run as it stands now."""
    facts = prepare.load(project.prepared).facts
    template = templates.chosen(project.template, facts)
    graph = chosen.graph(project, facts)
    training = check_all(TRAINING, project.training)
    goal = Goal.from_json(project.goal or {})
    return Spec(project.data, goal, template, graph, training, project=project.id, device=project.device)


def _watch(project: Project, run: Run, spec: Spec | None) -> None:
    """A run, whatever the project asks now; `spec` is None while its rows are not prepared."""
    above = st.container(key="above-run")
    live.draw(run, progress.asked(run).goal.task)  # it knows the state before all that is drawn for it
    state = run.state()
    if not state.ended:
        with above:
            run_controls.draw(run)
        return
    other_runs.log(run, state.name in ("failed", "crashed"))
    if spec is not None:
        run_again.draw(run, spec)
        return
    st.info(say("You changed the question since this run."), icon=":material/edit:")
    if run.results() is not None:
        run_again.results_link(project, run)
    header.onward("goal", project)


body()
