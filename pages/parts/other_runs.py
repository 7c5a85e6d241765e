"""The project's other runs, and what a run left for developers."""

import streamlit as st

from core.projects import Project
from core.runs import Run
from core.words import say
from pages.parts import moments, place, progress, standing, steps, trouble

MOST_RUNS, LOG_LINES = 20, 200


def draw(project: Project, every: list[Run], shown: Run) -> None:
    """The latest of them, each with its state and the way to it."""
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


def log(run: Run, trouble_here: bool) -> None:
    """The end of the log, where something went wrong."""
    path = run.folder / "log.txt"
    if not trouble_here or not path.exists():
        return
    with st.expander(say("Log for developers"), icon=":material/terminal:"):
        st.caption(say("Run {id}", id=run.id))
        st.code(
            "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]),
            language=None,
        )
