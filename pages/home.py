"""The start: what this is, the way in, and what was begun before."""

import streamlit as st

from core import drawings, projects, runs, samples
from core.projects import Project
from core.runs import LABELS, Run
from core.words import Sentence, say
from pages.parts import begin, elsewhere, header, moments, named, place, progress, steps, trouble

MOST_PROJECTS, MOST_RUNS = 12, 6
TONES = {"done": "green", "stopped": "green", "failed": "red", "crashed": "red", "paused": "orange"}


@trouble.guarded
def body() -> None:
    header.draw("home", None)
    with st.container(key="hero", gap="small"):
        st.title(say("Turn your table into a network that predicts"), anchor=False)
        st.markdown(
            say(
                "Bring a table, say what you want to know, and train a neural network on this computer. "
                "See how far you can trust it, then take it with you."
            )
        )
    if begin.waiting():
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        _own_table()
    with right:
        _samples()
    _projects()
    _recent_runs()


def _own_table() -> None:
    st.subheader(say("Begin with your own table"), anchor=False)
    begin.upload()
    st.caption(
        say(
            "CSV, Excel, JSON, Parquet and other kinds of table, packed or not, up to 1 GB. Nothing leaves this computer. "
            "A run that was taken away as one file opens here, too."
        )
    )
    elsewhere.draw()


def _samples() -> None:
    st.subheader(say("Or look around with a sample"), anchor=False)
    with st.container(key="samples"):
        for sample in samples.everything():
            with st.container(key=f"sample-{sample.name}", border=True, gap="small"):
                st.markdown(f"**{sample.title}**")
                st.caption(str(sample.question))
                size = say("{rows:,} rows × {columns} columns", rows=sample.rows, columns=sample.columns)
                licence = say("Licence: {licence}", licence=sample.licence)
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.caption(f"{size}  \n{licence}")
                    if st.button(header.spoken(say("Open"), str(sample.title)), key=f"open-{sample.name}"):
                        begin.read(sample.path, str(sample.title))


def _projects() -> None:
    found = projects.everything()
    if not found:
        return
    st.subheader(say("Your projects"), anchor=False)
    with st.container(key="projects"):
        for project in found[:MOST_PROJECTS]:
            _project(project)


def _project(project: Project) -> None:
    far = progress.of(project)
    target = (project.goal or {}).get("target", "")
    with st.container(key=f"project-{project.id}", border=True, gap="xsmall"):
        st.page_link(
            steps.page(far.following),
            label=trouble.escape(project.name),
            query_params=header.address(far.following, project, far),
            width="stretch",
        )
        st.caption(_about(target, moments.ago(project.changed)))
        with st.container(
            horizontal=True, gap="small", vertical_alignment="center", horizontal_alignment="distribute"
        ):
            st.badge(_where(far.following), color="green" if far.run else "gray")
            _remove(project)


def _about(target: str, changed: str) -> str:
    if not target:
        return say("No question yet, changed {ago}", ago=changed)
    return say("Predicts “{target}”, changed {ago}", target=named.short(target), ago=changed)


def _remove(project: Project) -> None:
    about = header.aside(say("More about {project}", project=named.short(project.name)))
    with st.popover(about, icon=":material/more_horiz:", type="tertiary"):
        st.caption(say("Its drawings go; the table and the runs stay."))
        if st.button(say("Remove this project"), key=f"remove-{project.id}", icon=":material/delete:"):
            projects.delete(project.id)
            drawings.forget(project.id)
            st.rerun()


def _where(following: str) -> str:
    """Where a project stands, in a word or two."""
    if following == "results":
        return say("Trained")
    return say("Next: {step}", step=steps.step(following).title)


def _recent_runs() -> None:
    found = [run for run in runs.everything() if progress.asked(run).project][:MOST_RUNS]
    if not found:
        return
    st.subheader(say("Recent runs"), anchor=False)
    with st.container(key="runs", border=True, gap=None):
        for run in found:
            _run(run)


def _run(run: Run) -> None:
    spec, state, results = progress.asked(run), run.state(), run.results()
    with st.container(key=f"run-{run.id}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(str(LABELS[state.name]), color=TONES.get(state.name, "blue"))
            st.page_link(
                steps.page("results" if results else "train"),
                label=trouble.escape(spec.name or spec.goal.target),
                query_params=place.address(spec.project, run.id),
            )
            st.caption(moments.ago(state.since))
        if results and results.get("sentences"):
            st.caption(trouble.escape(str(Sentence.from_json(results["sentences"][0]))))


body()
