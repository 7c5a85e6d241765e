"""Use of a forecast: what comes next after the table's end, and after a file of newer rows."""

import csv
import io
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.charts import forecast as charts
from core.runs import Run
from core.words import say
from pages.parts import looks, named


def coming(run: Run) -> None:
    """The next values of each series after the end of the table that it learned from."""
    results = run.results() or {}
    found, target = results["next"]["series"], named.short(results["target"])
    st.subheader(say("What comes next"), anchor=False)
    place = 0
    if len(found) > 1:
        names = [entry["name"] for entry in found]
        place = st.selectbox(
            say("Series"), range(len(found)), format_func=names.__getitem__, width=420, key=f"next-{run.id}"
        )
    shown = found[place]
    left, right = st.columns([3, 2], gap="large")
    with left:
        looks.draw(charts.coming, shown, key="coming")
        miss = results["metrics"]["test"]["mae"]
        st.caption(
            say(
                "After the end of the table that it learned from. On the time kept apart it was off by {miss:,.3g} on average.",
                miss=miss,
            )
        )
    with right:
        rows = {
            say("When"): shown["next_when"],
            str(results["target"]): [named.amount(value) for value in shown["next"]],
        }
        st.dataframe(rows, hide_index=True, height=min(38 + 35 * len(shown["next"]), 360))
        st.download_button(
            say("Download all next values of “{target}”", target=target), _table(results), "forecast.csv", "text/csv",
            key="forecast", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def about_file(run: Run) -> str:
    """What a file to answer has to hold."""
    made = run.recipes() or {}
    series = made["series"]
    rows = series["back"] + max(series["season"], *series["lags"])
    return say(
        "A file with the latest rows, best {rows:,} or more of each series, with these columns: {columns}. "
        "You get the next {steps:,} values after its end.",
        rows=rows, steps=series["steps"], columns=named.several([recipe["column"] for recipe in made["columns"]], 8),
    )  # fmt: skip


def _table(results: Mapping[str, Any]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow([say("series"), say("when"), results["target"]])
    for entry in results["next"]["series"]:
        for at, value in zip(entry["next_when"], entry["next"], strict=True):
            writer.writerow([entry["name"], at, value])
    return made.getvalue().encode("utf-8-sig")
