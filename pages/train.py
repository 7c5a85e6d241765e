"""Train: what will happen, the start, the moving curves, and the runs before."""

from typing import Any

import streamlit as st

from core import drawings, prepare, projects, runs
from core.fields import check_all
from core.goal import Goal
from core.graph import measure
from core.launchers import this_machine
from core.projects import Project
from core.runs import Run
from core.spec import TRAINING, Spec
from core.templates import DEFAULT
from core.words import mark, say
from pages.parts import chosen, header, live, moments, place, progress, standing, steps, trouble

MOST_RUNS, LOG_LINES = 20, 200


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
        whole = _whole(project, spec)
        if whole:
            _summary(project, spec)
        if header.forward(say("Start training"), disabled=not whole):
            _start(spec)
        return
    _watch(project, run, spec)
    _other_runs(project, every, run)


def _spec(project: Project) -> Spec:
    """What the project asks of a run as it stands now."""
    facts = prepare.load(project.prepared).facts
    template = project.template or DEFAULT
    graph = chosen.graph(project, facts)
    training = check_all(TRAINING, project.training)
    return Spec(
        project.data, Goal.from_json(project.goal or {}), template, graph, training, project=project.id
    )


def _summary(project: Project, spec: Spec) -> None:
    facts = prepare.load(project.prepared).facts
    report = measure(spec.graph, facts)
    with st.container(key="facts", horizontal=True):
        st.metric(say("Rows to learn from"), f"{facts['rows']['train']:,}")
        st.metric(say("Rows that decide when to stop"), f"{facts['rows']['validation']:,}")
        st.metric(say("Weights"), f"{report.weights:,}")
        st.metric(say("Device"), str(this_machine.device()))
        st.metric(say("At most"), moments.length(spec.training["minutes"] * 60))
    st.markdown(
        say(
            "The network will learn to predict **{target}**. It sees all training rows again and again, at most "
            "{epochs} times, and stops by itself when it no longer gets better on rows that it does not learn from. "
            "It trains in a process of its own, so you may close this page.",
            target=trouble.escape(spec.goal.target), epochs=spec.training["epochs"],
        )
    )  # fmt: skip


def _whole(project: Project, spec: Spec) -> bool:
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


def _start(spec: Spec) -> None:
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


def _watch(project: Project, run: Run, spec: Spec | None) -> None:
    """A run, whatever the project asks now; `spec` is None while its rows are not prepared."""
    state = run.state()
    if state.ended:
        standing.show(run)
    else:
        standing.moving(run, state.name, run.pause_asked())
    with st.container(key="card-curves", border=True):
        live.draw(run, progress.asked(run).goal.task)
    if not state.ended:
        _controls(run)
        return
    _log(run, state.name in ("failed", "crashed"))
    if spec is not None:
        _after(run, spec)
        return
    st.info(say("You changed the question since this run."), icon=":material/edit:")
    if run.results() is not None:
        _results_link(project, run)
    header.onward("goal", project)


def _controls(run: Run) -> None:
    """What can be asked of a run that has not ended."""
    with st.container(horizontal=True, gap="small"):
        if standing.can_pause(run):
            _pause(run)
        asked = run.stop_asked()
        if st.button(
            say("Stopping") if asked else say("Stop and keep the best"), key="stop",
            icon=":material/stop_circle:", disabled=asked,
        ):  # fmt: skip
            runs.request_stop(run)
            st.rerun()


def _pause(run: Run) -> None:
    if run.pause_asked():
        if st.button(say("Go on"), key="go-on", icon=":material/play_circle:", type="primary"):
            runs.request_go_on(run)
            st.rerun()
    elif st.button(say("Pause"), key="pause", icon=":material/pause_circle:", disabled=run.stop_asked()):
        runs.request_pause(run)
        st.rerun()


def _go_on(run: Run) -> bool:
    """The way on for a run that has ended badly; whether there is one."""
    epoch = run.goes_on_from()
    if epoch is None:
        return False
    if header.forward(say("Go on from epoch {epoch}", epoch=epoch)):
        runs.request_go_on(run)
        st.rerun()
    return True


def _after(run: Run, spec: Spec) -> None:
    """What can be done with a run that has ended; one button is the next step."""
    changed = _asks(spec) != _asks(progress.asked(run))
    good = run.results() is not None
    if not good and _go_on(run):
        if st.button(say("Train again"), key="again", icon=":material/replay:"):
            _start(spec)
        return
    whole = not changed or _whole(projects.load(spec.project), spec)
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
            _results_link(projects.load(spec.project), run)
        again = header.forward(say("Train again"), disabled=not whole)
    if again:
        _start(spec)


def _results_link(project: Project, run: Run) -> None:
    st.page_link(
        steps.page("results"), label=str(steps.step("results").onward), icon=":material/arrow_forward:",
        query_params=place.address(project.id, run.id),
    )  # fmt: skip


def _asks(spec: Spec) -> dict[str, Any]:
    """All that makes a difference to what is learned; where a layer stands in the picture makes none."""
    whole = spec.to_json()
    layers = [{**layer, "place": None} for layer in whole["graph"]["layers"]]
    return {**{name: whole[name] for name in ("data", "goal", "training", "seed")}, "layers": layers}


def _log(run: Run, trouble_here: bool) -> None:
    path = run.folder / "log.txt"
    if not trouble_here or not path.exists():
        return
    with st.expander(say("Log for developers"), icon=":material/terminal:"):
        st.caption(say("Run {id}", id=run.id))
        st.code(
            "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]),
            language=None,
        )


def _other_runs(project: Project, every: list[Run], shown: Run) -> None:
    others = [run for run in every if run.id != shown.id][:MOST_RUNS]
    if not others:
        return
    st.subheader(say("Other runs of this project"), anchor=False)
    with st.container(key="runs", border=True, gap=None):
        for run in others:
            with st.container(key=f"run-{run.id}", horizontal=True, vertical_alignment="center", gap="small"):
                state = run.state()
                standing.badge(state)
                st.page_link(
                    steps.page("train"), label=trouble.escape(progress.asked(run).name),
                    query_params=place.address(project.id, run.id),
                )  # fmt: skip
                st.caption(moments.ago(state.since))


body()
