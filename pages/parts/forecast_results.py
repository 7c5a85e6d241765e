"""Results of a forecast: beside what happened, step by step, and what to do next."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.charts import forecast as charts
from core.words import say
from pages.parts import looks
from pages.parts.advice import Advice

Results = Mapping[str, Any]
FEW_WINDOWS = 200


def pictures(results: Results) -> None:
    """The last windows of the time kept apart, with what everybody said of them."""
    st.subheader(say("Forecast beside what happened"), anchor=False)
    shown = results["windows"]
    names = [entry["name"] for entry in shown]
    place = 0
    if len(shown) > 1:
        place = st.selectbox(
            say("Series, from the best foretold to the worst"), range(len(shown)), format_func=names.__getitem__,
            width=420, key="shown-series",
        )  # fmt: skip
    looks.draw(charts.windows, shown[place], key="windows")
    st.caption(
        say(
            "The end of the time that nobody learned from. Each forecast begins where its line begins and knows nothing "
            "of what comes after; dotted and dashed are the simple forecasts."
        )
    )


def by_step(results: Results) -> None:
    """How the miss grows with the steps ahead."""
    looks.draw(charts.by_step, results, key="by-step")


def advice(results: Results) -> list[Advice]:
    """What may make the forecast better, from what its figures carry."""
    ahead = results["metrics"]["ahead"]
    found = []
    if results["best_epoch"] >= results.get("epochs", results["best_epoch"] + 1):
        sentence = say(
            "It was still getting better when training ended: allow it more epochs or more minutes."
        )
        found.append(Advice("schedule", sentence, "design"))
    if (ahead["exponential_smoothing"][1] or 0.0) < 0 or (ahead["seasonal_naive"][1] or 0.0) < 0:
        sentence = say(
            "A simple forecast is better here: try without the other columns, or fewer steps ahead."
        )
        found.append(Advice("tune", sentence, "goal"))
    if results["rows"]["train"] < FEW_WINDOWS:
        sentence = say(
            "The history is short for a network: more of it, or more series of the same kind, would help most."
        )
        found.append(Advice("add", sentence, "data"))
    if not found:
        sentence = say("Think of what else moves these values and is known by then. Is it a column yet?")
        found.append(Advice("lightbulb", sentence, "data"))
    return found
