"""Results of turning texts into others: what it wrote beside what was true, and what to do next."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.words import say
from pages.parts.advice import Advice

Results = Mapping[str, Any]
MUCH = 50_000  # pairs


def texts(results: Results) -> None:
    """Texts that were kept apart: the true answer, its own, and that of the nearest known text."""
    st.subheader(say("What it writes"), anchor=False)
    st.caption(
        say("Texts of the test, which it never saw in training. Likeness is 100 where its text is letter for letter the true one.")
    )  # fmt: skip
    shown = {
        "middle": say("In between"), "worst": say("Least like the true ones"), "best": say("Most like the true ones"),
        "lost": say("Placeholders lost"),
    }  # fmt: skip
    there = [name for name in shown if results["texts"][name]]
    for name, tab in zip(there, st.tabs([shown[name] for name in there]), strict=True):
        with tab:
            st.dataframe(_table(results["texts"][name]), hide_index=True, row_height=58)


def _table(entries: list[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([
        {
            say("The text"): entry["source"], say("It writes"): entry["said"], say("True"): entry["truth"],
            say("Nearest known text becomes"): entry["nearest"], say("Likeness"): round(entry["chrf"]),
            say("Row"): entry["row"] + 1,
        }
        for entry in entries
    ])  # fmt: skip


def advice(results: Results) -> list[Advice]:
    """What may make it write better, from what its figures carry."""
    measured, found = results["metrics"], []
    if results["best_epoch"] >= results.get("epochs", results["best_epoch"] + 1):
        sentence = say("It was still getting better when training ended: allow it more minutes.")
        found.append(Advice("schedule", sentence, "design"))
    if results["rows"]["train"] < MUCH:
        sentence = say(
            "More pairs of the same kind would help most; translations of other programs or older versions count too."
        )
        found.append(Advice("add", sentence, "data"))  # fmt: skip
    if measured["test"]["chrf"] <= measured["baselines"]["nearest_text"]["chrf"]:
        sentence = say(
            "Looking up the nearest known text is still ahead: more minutes, and a wider network, come further."
        )
        found.append(Advice("tune", sentence, "design"))
    if not found:
        found.append(Advice("lightbulb", say("Try it with a text of your own."), "use"))
    return found
