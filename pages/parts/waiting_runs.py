"""The line of runs that wait for a device, of the whole workspace: who trains, who is next, and buttons to change that."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from core import projects, runs
from core.errors import RunError
from core.projects import Project
from core.runs import Run
from core.words import say
from pages.parts import curves, header, live_status, moments, named, place, progress, standing, steps, trouble

SECONDS_BETWEEN_LOOKS = 5.0


def draw(shown: Run) -> None:
    """The runs that train and, in their order, those that wait; nothing where none waits.

    While the shown run has not ended, its moving panel draws the page anew whenever the line changes; otherwise the
    line looks by itself now and then.
    """
    if not runs.waiting():
        return
    look = SECONDS_BETWEEN_LOOKS if shown.state().ended else None
    st.fragment(_line, run_every=look)(look is not None)


@trouble.guarded
def _line(by_itself: bool) -> None:
    every = {run.id: run for run in runs.everything()}
    line = [every[id] for _, id in runs.waiting() if id in every]
    if not line:
        if by_itself:
            st.rerun(scope="app")
        return
    known = {project.id: project for project in projects.everything()}
    st.subheader(say("Waiting for a device"), anchor=False)
    with st.container(key="runs-in-line", border=True, gap=None):
        for run in every.values():
            if run.state().held:
                _trains(run, known)
        for place_in_line, run in enumerate(line):
            _waits(run, line, place_in_line, known)


def _trains(run: Run, known: dict[str, Project]) -> None:
    """A run that holds a device, and about how long it still will."""
    with _row(run):
        standing.badge(run.state())
        _name(run, known)
        left = live_status.told(run, curves.of(run)).get("progress")
        if left:
            st.caption(trouble.escape(left["text"]))


def _waits(run: Run, line: list[Run], at: int, known: dict[str, Project]) -> None:
    """A run that waits, its place, and what can be done about it."""
    name = named.short(progress.asked(run).name)
    before, first = line[at - 1 if at else 0], line[0]
    after = line[at + 2] if at + 2 < len(line) else None
    with _row(run):
        st.badge(say("Place {number}", number=at + 1), color="gray")
        _name(run, known)
        st.caption(trouble.escape(str(run.state().reason or moments.ago(run.state().since))))
        with st.container(key=f"line-buttons-{run.id}", horizontal=True, gap=None, width="content"):
            if len(line) > 1:
                top, end = at == 0, at == len(line) - 1
                to_front, up, down = (partial(runs.reorder, run, other) for other in (first, before, after))
                _button(
                    run, "first", "vertical_align_top", say("Let {run} be first", run=name), to_front, top
                )
                _button(run, "up", "arrow_upward", say("Move {run} up", run=name), up, top)
                _button(run, "down", "arrow_downward", say("Move {run} down", run=name), down, end)
            _button(
                run,
                "withdraw",
                "close",
                say("Take {run} out of the line", run=name),
                partial(runs.withdraw, run),
            )


def _row(run: Run) -> "st.delta_generator.DeltaGenerator":
    return st.container(
        key=f"run-{run.id}-in-line", horizontal=True, vertical_alignment="center", gap="small"
    )


def _name(run: Run, known: dict[str, Project]) -> None:
    """The run's name, which leads to it, and whose it is where the name does not say so."""
    asked = progress.asked(run)
    project = known.get(asked.project)
    st.page_link(
        steps.page("train"), label=trouble.escape(asked.name or run.id),
        query_params=place.address(asked.project, run.id),
    )  # fmt: skip
    if project is not None and not asked.name.startswith(project.name):
        st.caption(trouble.escape(named.short(project.name)))


def _button(
    run: Run, key: str, icon: str, label: str, ask: Callable[[], None], disabled: bool = False
) -> None:
    """A button that is only a picture; its words are heard, and seen when pointed at."""
    st.button(
        header.aside(label), key=f"line-{key}-{run.id}", icon=f":material/{icon}:", type="tertiary",
        help=label, disabled=disabled, on_click=_asked, args=(ask,),
    )  # fmt: skip


def _asked(ask: Callable[[], None]) -> None:
    try:
        ask()
    except RunError as error:  # it has begun in the meantime, which the next picture of the line shows
        st.toast(trouble.escape(str(error.what)), icon=":material/info:")
