"""Use of a network that writes: a beginning, how daring it may be, and the text as it is written."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from core import generate
from core.runs import Run
from core.words import say
from pages.parts import helpers, place, trouble

AT_ONCE = 24  # codes that are asked for together, so that the text appears as it is written
MOST_NAMED = 12
LONGEST = 4_000


@st.fragment
@trouble.guarded
def draw(run: Run) -> None:
    """The form and the text; only this part is drawn again when a value changes."""
    target = (run.recipes() or {})["target"]
    st.subheader(say("Write on"), anchor=False)
    left, right = st.columns([2, 3], gap="large")
    with left:
        beginning = st.text_area(
            say("The beginning"), key=f"beginning-{run.id}", max_chars=LONGEST, height=140,
            placeholder=say("Leave it empty, and it begins by itself."),
        )  # fmt: skip
        _told(target, beginning)
        settings = _settings(run)
        pressed = st.button(
            say("Write on"),
            type="primary",
            icon=":material/edit_note:",
            key=f"write-{run.id}",
            width="stretch",
        )
    with right, st.container(key="card-written", border=True):
        _written(run, {**settings, "beginning": beginning}, pressed)


def _settings(run: Run) -> dict[str, Any]:
    daring = st.slider(
        say("How daring"), 0.0, 1.5, 0.7, 0.1, key=f"daring-{run.id}",
        help=say("Small: it keeps to what is likeliest, and repeats itself. Large: it dares rare turns, and makes more slips."),
    )  # fmt: skip
    length = st.slider(say("Characters to write"), 50, 2_000, 400, 50, key=f"length-{run.id}")
    with st.expander(say("More settings"), icon=":material/tune:"):
        top_k = st.number_input(
            say("Choose among so many characters at most"), 0, 1_000, 0, key=f"top-k-{run.id}",
            help=say("0 leaves the choice open (top-k)."),
        )  # fmt: skip
        top_p = st.slider(
            say("Choose among the likeliest, together %"), 5, 100, 100, 5, key=f"top-p-{run.id}",
            help=say("100 leaves the choice open; 90 cuts the unlikeliest tenth off (top-p)."),
        )  # fmt: skip
        stop = st.text_input(
            say("End after one of these words"), key=f"stop-{run.id}", placeholder=say("Divided by commas")
        )
        seed = st.number_input(
            say("Seed"), 0, 2**31 - 1, 1, key=f"seed-{run.id}",
            help=say("The same beginning, settings and seed write the same text; another seed writes another."),
        )  # fmt: skip
    words = [word.strip() for word in stop.split(",") if word.strip()]
    return {
        "temperature": float(daring), "length": int(length), "top_k": int(top_k), "top_p": top_p / 100, "stop": words,
        "seed": int(seed),
    }  # fmt: skip


def _told(target: dict[str, Any], beginning: str) -> None:
    """What of the beginning it cannot know or see."""
    unknown = generate.unknown(target, beginning)
    if unknown:
        shown = " ".join(trouble.escape(one) for one in unknown[:MOST_NAMED])
        st.warning(
            say("It never saw these characters, and passes over them: {names}", names=shown),
            icon=":material/help:",
        )
    if len(beginning) >= target["length"]:
        st.caption(
            say("It looks back {least:,} to {most:,} characters; what stands further back no longer counts.",
                least=target["length"] // 2, most=target["length"])
        )  # fmt: skip


def _written(run: Run, settings: dict[str, Any], pressed: bool) -> None:
    """The text that is being written, or the last one that was; with a button to copy it."""
    key = f"written-{run.id}"
    shown = st.empty()
    if pressed:
        text = ""
        for text in _pieces(run, settings):
            shown.code(settings["beginning"] + text, language=None, wrap_lines=True)
        place.keep(key, settings["beginning"] + text)
    text = place.kept(key)
    if text:
        shown.code(text, language=None, wrap_lines=True)
    else:
        shown.caption(say("What it writes appears here."))


def _pieces(run: Run, settings: dict[str, Any]) -> Iterator[str]:
    """The text so far, again and again."""
    before: list[int] = []
    ended = False
    while not ended:
        asked = {"settings": settings, "before": before, "count": AT_ONCE}
        said = helpers.MODEL.ask({"folder": str(run.folder), "write": asked})
        before, ended = said["codes"], said["ended"]
        yield said["text"]
