"""Results: how good it is on rows that it never saw, compared, pictured, and what to do next."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core import charts
from core.projects import Project
from core.runs import Run
from core.suggest import WRITING
from core.tasks import SHELF as TASKS
from core.words import Sentence, say
from pages.parts import (
    advice,
    chosen,
    forecast_results,
    header,
    looks,
    moments,
    place,
    progress,
    replies_results,
    results_label,
    results_more,
    results_pictures,
    results_same,
    results_texts,
    rewriting_results,
    steps,
    tastes_results,
    threshold,
    trouble,
    writing_results,
)

Results = Mapping[str, Any]


@trouble.guarded
def body() -> None:
    project = header.begin("results")
    header.title("results")
    if project is None:
        header.empty(say("There is no model yet."))
        return
    run = chosen.tested_run(project)
    if run is None:
        header.empty(
            say("There are no results yet: they appear when a training has ended."), "train", project
        )
        return
    results = run.results() or {}
    _verdict(run, results)
    _tiles(results)
    _compared(results)
    if results["task"] == WRITING:
        writing_results.samples(results)
    elif results["task"] == "forecast":
        forecast_results.pictures(results)
    elif results["task"] == "best_answer":
        replies_results.draw(run, results)
    elif results["task"] == "rewrite":
        rewriting_results.texts(results)
    elif results["task"] == "recommend":
        tastes_results.draw(results)
    else:
        _pictures(results)
    results_pictures.draw(run, results)
    threshold.draw(run)
    if not results_texts.draw(run):
        _worst(results)
    results_same.draw(run)
    results_more.draw(run)
    results_label.draw(run)
    _next(project, results)
    header.onward("use", project, run.id)


def _verdict(run: Run, results: Results) -> None:
    """The headline, the other sentences, and what makes the figures doubtful."""
    first, *rest = [trouble.escape(str(Sentence.from_json(s))) for s in results["sentences"]]
    with st.container(key="card-verdict", border=True):
        st.markdown(f"### {first}")
        for sentence in rest:
            st.markdown(sentence)
    for warning in results.get("warnings", []):
        st.warning(trouble.escape(str(Sentence.from_json(warning))), icon=":material/warning:")
    if results["task"] == WRITING:
        st.caption(
            say("{name}: measured on {count:,} characters that took no part in training; trained for {time}, best epoch {epoch}.",
                name=trouble.escape(progress.asked(run).name), count=results["writing"]["asked"],
                time=moments.length(results["seconds"]), epoch=results["best_epoch"])
        )  # fmt: skip
        return
    if results["task"] == "forecast":
        st.caption(
            say("{name}: measured on {count:,} forecasts for a time that took no part in training; trained for {time}, best epoch {epoch}.",
                name=trouble.escape(progress.asked(run).name), count=results["rows"]["test"],
                time=moments.length(results["seconds"]), epoch=results["best_epoch"])
        )  # fmt: skip
        return
    if results["task"] == "recommend":
        st.caption(
            say("{name}: measured on {count:,} persons, by what took no part in training; trained for {time}, best epoch {epoch}.",
                name=trouble.escape(progress.asked(run).name), count=results["asked"]["test"],
                time=moments.length(results["seconds"]), epoch=results["best_epoch"])
        )  # fmt: skip
        return
    st.caption(
        say(
            "{name}: measured on {rows:,} test rows that took no part in training; trained for {time}, best epoch {epoch}.",
            name=trouble.escape(progress.asked(run).name), rows=results.get("rewriting", {}).get("asked", results["rows"]["test"]),
            time=moments.length(results["seconds"]), epoch=results["best_epoch"],
        )
    )  # fmt: skip


def _tiles(results: Results) -> None:
    task, measured = TASKS[results["task"]], results["metrics"]
    st.subheader(say("In figures"), anchor=False)
    names = [results["main"], *(n for n in measured["test"] if n != results["main"])]
    with st.container(key="tiles"):
        for name in names:
            if name in task.METRIC_WORDS:
                _tile(task.METRIC_WORDS[name], name, measured)
    _settled(results, "once_more")


def _tile(told: tuple[Sentence, Sentence], name: str, measured: Mapping[str, Any]) -> None:
    label, help = told
    low, high = measured["intervals"].get(name) or (None, None)
    with st.container(key=f"card-tile-{name}", border=True, gap="small"):
        st.metric(str(label), _figure(measured["test"][name]))
        if low is not None and high is not None:
            st.caption(say("between {low} and {high}", low=_figure(low), high=_figure(high)))
        st.caption(trouble.escape(str(help)))


def _figure(value: float | None) -> str:
    return "–" if value is None else charts.figure_text(value)


def _compared(results: Results) -> None:
    st.subheader(say("Compared with simpler answers"), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        looks.draw(lambda r, palette: charts.comparison(r, palette=palette), results, key="comparison")
        st.caption(
            say(
                "All learned from the same rows and were tested on the same rows; lines show how sure the figures are."
            )
        )
    with right:
        if results["task"] == "forecast":
            forecast_results.by_step(results)
        if results["task"] == "best_answer":
            replies_results.curve(results)
        if results["importance"]:
            looks.draw(lambda r, palette: charts.importance(r, palette=palette), results, key="importance")
            st.caption(say("How much worse the answers get when one column is shuffled."))


def _pictures(results: Results) -> None:
    st.subheader(say("Where it is right and where it is wrong"), anchor=False)
    if "scatter" in results:
        looks.draw(charts.scatter, results, key="scatter")
        _settled(results, "range")
        return
    if "labels" in results:
        _labels(results)
        return
    found = [("confusion", charts.confusion), ("scores", charts.scores)]
    found += [("calibration", charts.calibration), ("roc", charts.roc)]
    shown = [(name, chart) for name, chart in found if results.get(name)]
    for start in range(0, len(shown), 2):
        for column, (name, chart) in zip(st.columns(2, gap="large"), shown[start : start + 2], strict=False):
            with column:
                looks.draw(chart, results, key=name)
                if name == "calibration":
                    _settled(results, "temperature")


def _labels(results: Results) -> None:
    """For each label, how often it is there, found, and named by mistake."""
    rows = [
        {say("Label"): e["label"], say("Rows that have it"): e["true"], say("Found"): e["found"], say("Named by mistake"): e["alarms"]}
        for e in results["labels"]
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _settled(results: Results, name: str) -> None:
    """What was done after training, so that the answers keep what they promise."""
    if results.get(name):
        st.caption(trouble.escape(str(Sentence.from_json(results[name]["text"]))))


def _worst(results: Results) -> None:
    worst = results.get("worst") or []
    if not worst:
        return
    with st.expander(say("The test rows that it missed most"), icon=":material/search:"):
        st.caption(
            say("Look for what they share: a mistake in the data, or something the columns do not say.")
        )
        rows = [
            {
                say("Row"): entry["row"] + 1,
                say("True"): str(entry["true"]),
                say("Predicted"): _answered(entry["predicted"]),
                **entry["values"],
            }
            for entry in worst
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def _answered(value: Any) -> str:
    return f"{value:,.6g}" if isinstance(value, (int, float)) else str(value)


def _advised(results: Results) -> list[advice.Advice]:
    ways = {
        "forecast": forecast_results,
        "best_answer": replies_results,
        "rewrite": rewriting_results,
        "recommend": tastes_results,
        WRITING: writing_results,
    }
    return ways.get(results["task"], advice).advice(results)


def _next(project: Project, results: Results) -> None:
    """What may make it better, from what these results say."""
    st.subheader(say("What next"), anchor=False)
    for number, (icon, sentence, page) in enumerate(_advised(results)):
        with st.container(key=f"advice-{number}", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":material/{icon}: {sentence}")
            st.page_link(
                steps.page(page),
                label=say("Go to {step}", step=steps.step(page).title),
                query_params=place.address(project.id),
            )


body()
