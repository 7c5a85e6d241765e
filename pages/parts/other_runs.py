"""The project's other runs beside the one shown: what was asked otherwise, and what came of it."""

from functools import lru_cache
from typing import Any

import streamlit as st

from core.projects import Project
from core.runs import Run, difference, made_with
from core.tasks import SHELF as TASKS
from core.words import say
from pages.parts import moments, one_change, place, progress, standing, steps, trouble

MOST_RUNS, LOG_LINES, MOST_DIFFERENCES = 20, 200, 3


def draw(project: Project, every: list[Run], shown: Run) -> None:
    """The latest of them, each with its state, the way to it, its main result, and what differs from the run shown."""
    others = [run for run in every if run.id != shown.id][:MOST_RUNS]
    if not others:
        return
    names = {run.id: progress.asked(run).name for run in every}
    st.subheader(say("Other runs of this project"), anchor=False)
    mine = _result(shown)
    if mine:
        st.caption(say("The run shown above: {result}.", result=mine))
    with st.container(key="runs", border=True, gap=None):
        for run in others:
            _one(project, run, shown, names)


def _one(project: Project, run: Run, shown: Run, names: dict[str, str]) -> None:
    state, name = run.state(), progress.asked(run).name
    with st.container(key=f"run-{run.id}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            standing.badge(state)
            st.page_link(
                steps.page("train"),
                label=trouble.escape(name),
                query_params=place.address(project.id, run.id),
            )
            st.caption(_result(run) or moments.ago(state.since))
            if state.ended:
                one_change.button(run, key=f"one-change-{run.id}", label=say("Change one thing"))
        st.caption(_otherwise(run, shown, names))


def _otherwise(run: Run, shown: Run, names: dict[str, str]) -> str:
    """What this run was asked otherwise than the one shown."""
    origin = progress.asked(run).continues.get("run"), progress.asked(shown).continues.get("run")
    if shown.id == origin[0]:
        return say("It continues the run shown.")
    if run.id == origin[1]:
        return say("The run shown continues this one.")
    came_to = made_with.read(shown.folder).get("settings")
    found = difference.difference(progress.asked(shown), progress.asked(run), came_to, names)
    if not found:
        return say("Asked the same as the run shown.")
    told = " ".join(trouble.escape(str(one)) for one in found[:MOST_DIFFERENCES])
    more = len(found) - MOST_DIFFERENCES
    return told if more <= 0 else say("{told} And {count:,} more.", told=told, count=more)


def _result(run: Run) -> str:
    """The main figure on both sides and the time it took; empty without results."""
    path = run.folder / "results.json"
    if not path.exists():
        return ""
    found = _figures(run, path.stat().st_mtime)
    label, _ = TASKS[found["task"]].METRIC_WORDS[found["main"]]
    return say(
        "{metric} {test} on test rows, {validation} on validation rows, in {time}",
        metric=label, test=_figure(found["test"]), validation=_figure(found["validation"]),
        time=moments.length(found["seconds"]),
    )  # fmt: skip


@lru_cache(maxsize=512)
def _figures(run: Run, _written: float) -> dict[str, Any]:
    """What is compared of a run; its results are read once and never change."""
    results = run.results() or {}
    main, measured = results["main"], results["metrics"]
    return {
        "task": results["task"],
        "main": main,
        "test": measured["test"].get(main),
        "validation": measured["validation"].get(main),
        "seconds": results["seconds"],
    }


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:,.4g}"


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
