"""Results of a network that writes: what it makes of beginnings that it never saw, and what to do next."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.words import say
from pages.parts.advice import Advice

Results = Mapping[str, Any]
MUCH = 1_000_000  # characters


def samples(results: Results) -> None:
    """Beginnings out of the texts kept apart, each written on."""
    st.subheader(say("What it writes"), anchor=False)
    st.caption(
        say(
            "Each begins with words out of the texts kept apart; behind “▸” it goes on by itself, from careful to daring."
        )
    )
    for place, sample in enumerate(results["written"]):
        with st.container(key=f"card-written-{place}", border=True, gap="small"):
            st.caption(say("How daring: {value:.1f}", value=sample["temperature"]))
            st.code(f"{sample['beginning']}▸{sample['written']}", language=None, wrap_lines=True)


def advice(results: Results) -> list[Advice]:
    """What may make it write better, from what its figures carry."""
    measured, found = results["metrics"], []
    if results["best_epoch"] >= results.get("epochs", results["best_epoch"] + 1):
        sentence = say("It was still getting better when training ended: allow it more minutes.")
        found.append(Advice("schedule", sentence, "design"))
    if results["writing"]["characters"] < MUCH:
        sentence = say("More text of the same kind would help most: a whole shelf of books is not too much.")
        found.append(Advice("add", sentence, "data"))
    if measured["test"]["bits"] > measured["baselines"]["kneser_ney"]["bits"]:
        sentence = say(
            "Counting is still ahead: a wider or deeper network needs more time, but comes further."
        )
        found.append(Advice("tune", sentence, "design"))
    if not found:
        sentence = say("Try it: careful settings repeat what is usual, daring ones invent.")
        found.append(Advice("lightbulb", sentence, "use"))
    return found
