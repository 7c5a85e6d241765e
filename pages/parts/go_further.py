"""The dialog that lets a finished run go on for more epochs, as a new run."""

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import projects
from core.runs import Run, again, checkpoint
from core.spec import TRAINING
from core.words import mark, say
from pages.parts import begin_run, dialogs, moments, progress, trouble

FEWEST = 10  # epochs that are proposed at least
MEGABYTE = 1e6


def button(run: Run) -> None:
    """Opens the dialog."""
    dialogs.button(
        say("Continue for more epochs"), "continue", ask, run, title=say("Continue this run"), icon="forward"
    )


@trouble.guarded
def ask(run: Run) -> None:
    """How much further it is to go, and what that means."""
    about, seen = checkpoint.about(run.folder) or {}, again.seen(run)
    spent, allowed = about["spent"], about["settings"]["minutes"]
    st.markdown(
        say(
            "**{run}** has seen all rows {count} time and goes on from its last state, not from its best.",
            plural="**{run}** has seen all rows {count:,} times and goes on from its last state, not from its best.",
            run=trouble.escape(progress.asked(run).name), count=seen,
        )
    )  # fmt: skip
    with st.form(f"continue-{run.id}", border=False):
        more = st.number_input(
            say("Epochs more, at most"),
            1,
            TRAINING["epochs"].high - seen,
            min(max(FEWEST, seen), 1_000),
            step=1,
        )
        minutes = st.number_input(
            say("Minutes more, at most"),
            0.1,
            TRAINING["minutes"].high - spent / 60,
            max(allowed, 0.1),
            step=1.0,
        )
        st.caption(_promise(about))
        pressed = st.form_submit_button(
            say("Continue"), key="continue-now", type="primary", icon=":material/forward:"
        )
    st.caption(
        say(
            "Best epoch so far: {epoch}; trained for {time}. The state from which it continues takes {size:,.1f} MB on "
            "disk; deleting this run removes it.",
            epoch=about["best"]["epoch"], time=moments.length(spent), size=checkpoint.size(run.folder) / MEGABYTE,
        )
    )  # fmt: skip
    if pressed:
        project = projects.load(progress.asked(run).project)
        epochs, most = seen + int(more), TRAINING["minutes"].high
        name = begin_run.named(project, [mark("continued to {epochs:,} epochs", epochs=epochs)])
        begin_run.begun(again.continued(run, epochs, min(math.ceil(spent / 6) / 10 + minutes, most), name))


def _promise(about: Mapping[str, Any]) -> str:
    if about["settings"].get("schedule") == "cosine":
        return say(
            "Its learning rate falls along a cosine: with more epochs it rises again and falls towards the new last one."
        )
    return say(
        "It comes to exactly what it would have come to, had it been allowed that much from the beginning."
    )
