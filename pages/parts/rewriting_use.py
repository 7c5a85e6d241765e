"""Use of a network that turns texts into others: a text, what it becomes, and where it looked for each piece."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import home
from core.charts import rewriting as charts
from core.runs import Run
from core.words import say
from pages.parts import helpers, looks, named, trouble

LONGEST = 4_000
FEWEST_PIECES = 2


@st.fragment
@trouble.guarded
def draw(run: Run) -> None:
    """The form and the answer; only this part is drawn again when the text changes."""
    made = run.recipes() or {}
    source, target = made["columns"][0]["column"], made["target"]["column"]
    st.subheader(say("Try one text"), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        text = st.text_area(
            say("A text like those of “{column}”", column=named.short(source)), value=_example(run), key=f"rewrite-{run.id}",
            max_chars=LONGEST, height=140,
        )  # fmt: skip
        beams = st.slider(
            say("How many ways it tries at once"), 1, 8, 4, key=f"beams-{run.id}",
            help=say("More finds likelier texts and takes longer; 1 always takes the likeliest next piece (beam search)."),
        )  # fmt: skip
    if not text.strip():
        right.caption(say("What a text becomes appears here."))
        return
    said = helpers.MODEL.ask({"folder": str(run.folder), "rewrite": text, "beams": beams})
    with right, st.container(key="card-rewritten", border=True):
        st.caption(say("As a text of “{column}”", column=named.short(target)))
        _best(said)
    _looked(said)


def _example(run: Run) -> str:
    """A text of the test to begin with."""
    samples = home.read_json(run.folder / "samples.json")["columns"]
    return next((text for text in next(iter(samples.values())) if text.strip()), "")[:LONGEST]


def _best(said: Mapping[str, Any]) -> None:
    """The likeliest text, the others behind it, and what should be known of them."""
    first, *others = said["alternatives"]
    st.code(first["text"] or " ", language=None, wrap_lines=True)
    st.caption(how_likely(first))
    for warning in warnings(said):
        st.warning(warning, icon=":material/report:")
    shown = [one for one in others if one["text"] != first["text"]]
    if shown:
        st.markdown(f"**{say('Other wordings')}**")
        for one in shown:
            st.markdown(f"{trouble.escape(one['text']) or '–'} · {_chance(one['chance'])}")


def how_likely(first: Mapping[str, Any]) -> str:
    """How sure it is of the wording."""
    return say("How likely it holds exactly this wording: {chance}", chance=_chance(first["chance"]))


def warnings(said: Mapping[str, Any]) -> list[str]:
    """What should be known of the likeliest text before it is used."""
    first = said["alternatives"][0]
    told = {
        say("It did not carry over all placeholders or tags: check them before you use this."): not first[
            "kept"
        ],
        say("It came to no end and was cut off: texts that long were not learned."): not first["ended"],
        say("The text is longer than those that it learned from: its end was not read."): said["unread"],
    }
    return [text for text, holds in told.items() if holds]


def _chance(value: float) -> str:
    return f"{value:.0%}" if value >= 0.01 else say("less than 1%")


def _looked(said: Mapping[str, Any]) -> None:
    """The map of both texts, where there is more than one piece to compare."""
    if not said["looked"] or min(len(said["source"]), len(said["pieces"])) < FEWEST_PIECES:
        return
    with st.expander(say("Where it looked for each piece"), icon=":material/grid_on:"):
        st.caption(
            say("Each row is a piece of the text that it wrote; the darker a square, the more it looked at that piece of yours.")
        )  # fmt: skip
        looks.draw(charts.looked, said, key="looked")
