"""Results of turning texts into others: what it wrote beside what was true, and what to do next."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.words import say
from pages.parts import trouble
from pages.parts.advice import Advice

Results = Mapping[str, Any]
MUCH = 50_000  # pairs
MOST_SHOWN = 6  # texts of each sort
LONGEST = 400  # characters


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
            for place, entry in enumerate(results["texts"][name][:MOST_SHOWN]):
                _one(f"card-text-{name}-{place}", entry)


def _one(key: str, entry: Mapping[str, Any]) -> None:
    """A text, what it became and should have become, and what the nearest known one would have given."""
    with st.container(key=key, border=True, gap="small"):
        st.caption(_plain(entry["source"]))
        left, right = st.columns(2)
        left.markdown(f"**{say('It writes')}**  \n{_plain(entry['said']) or '–'}")
        right.markdown(f"**{say('True')}**  \n{_plain(entry['truth'])}")
        st.caption(
            say("Likeness {likeness:.0f} · row {row:,} · the nearest known text becomes: {nearest}",
                likeness=entry["chrf"], row=entry["row"] + 1, nearest=_plain(entry["nearest"]))
        )  # fmt: skip


def _plain(text: str) -> str:
    """A text on one line, and nothing of it is read as anything but text."""
    line = " ".join(text.split())
    return trouble.escape(line if len(line) <= LONGEST else f"{line[:LONGEST]}…")


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
