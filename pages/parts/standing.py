"""Where a run stands, in words and figures."""

import statistics
import time

import streamlit as st

from core import runs
from core.runs import LABELS, Run, State
from core.words import Sentence, mark, say
from pages.parts import curves, moments, trouble
from pages.parts.curves import Curves

LOOK_SECONDS = 1.0
RECENT = 5
TONES = {"done": "green", "stopped": "green", "failed": "red", "crashed": "red", "queued": "gray"}
WORDS = {
    "queued": mark("It waits for its turn: one run trains at a time."),
    "starting": mark("A process of its own is getting ready."),
    "running": mark("The network is learning. You may close this page: training goes on without it."),
    "stopping": mark("It stops after this step and keeps the best weights so far."),
    "done": mark("Training has ended. The best weights were kept."),
    "stopped": mark("You stopped it. The best weights so far were kept."),
}


def badge(state: State) -> None:
    """The state in one coloured word."""
    st.badge(str(LABELS[state.name]), color=TONES.get(state.name, "blue"))


@st.fragment(run_every=LOOK_SECONDS)
@trouble.guarded
def moving(run: Run) -> None:
    """The state of a run that has not ended, looked at every second; when it ends the page is drawn anew."""
    state = run.state()
    if state.ended:
        st.rerun(scope="app")
    if state.name == "queued":
        runs.ensure_supervisor()  # it may have died since the run was queued
    show(run)


def show(run: Run) -> None:
    """State, figures and, while it trains, how far it is."""
    state, followed = run.state(), curves.of(run)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        badge(state)
        st.markdown(_sentence(run, state, followed))
    if state.name in ("failed", "crashed"):
        trouble.show(state.reason or say("It ended without a word."), state.fix or say("Train again."))
    if not state.ended and _trains(followed):
        st.progress(_share(followed), text=_left(followed))
    if followed.begin:
        _figures(followed)


def _sentence(run: Run, state: State, followed: Curves) -> str:
    if state.name == "queued" and len(runs.waiting()) > 1:
        ids = [id for _, id in runs.waiting()]
        ahead = ids.index(run.id) if run.id in ids else 0
        return say("{count} run is ahead of it.", plural="{count} runs are ahead of it.", count=ahead)
    stage = followed.last.get("stage", {})
    if state.name == "running" and stage.get("stage") not in (None, "training"):
        return trouble.escape(str(Sentence.from_json(stage["text"])))
    if state.ended and state.reason and state.name in WORDS:
        return trouble.escape(str(state.reason))
    return str(WORDS.get(state.name, ""))


def _figures(followed: Curves) -> None:
    begin, epochs = followed.begin, followed.epochs
    with st.container(key="facts", horizontal=True):
        st.metric(say("Epoch"), f"{len(epochs):,}", help=say("How often it has seen all training rows."))
        st.metric(say("Best epoch"), f"{followed.best['epoch']:,}" if followed.best else "–")
        st.metric(say("Rows a second"), f"{_speed(followed):,.0f}" if epochs else "–")
        st.metric(say("Trained for"), moments.length(_elapsed(followed)))
        if begin.get("learning_rate"):
            st.metric(say("Learning rate"), f"{begin['learning_rate']:g}")
        st.metric(say("Device"), str(begin.get("device", "–")))


def _recent_seconds(followed: Curves) -> float:
    """The usual length of one of the latest epochs."""
    return max(statistics.median(e["seconds"] for e in followed.epochs[-RECENT:]), 1e-6)


def _speed(followed: Curves) -> float:
    return followed.begin["rows"] / _recent_seconds(followed)


def _trains(followed: Curves) -> bool:
    """Whether it is learning just now, and not being tested or written."""
    stage = followed.last.get("stage", {}).get("stage", "training")
    return bool(followed.begin) and "end" not in followed.last and stage == "training"


def _elapsed(followed: Curves) -> float:
    """Seconds of training alone, without what follows it."""
    over = "end" in followed.last or followed.last.get("stage", {}).get("stage") != "training"
    until = followed.epochs[-1]["at"] if over and followed.epochs else time.time()
    return until - followed.begin["at"]


def _share(followed: Curves) -> float:
    """How much of what is allowed is used up, by epochs or by minutes, whichever is nearer to its end."""
    begin = followed.begin
    by_epochs = len(followed.epochs) / max(begin["epochs"], 1)
    by_time = (time.time() - begin["at"]) / max(begin["minutes"] * 60, 1)
    return min(max(by_epochs, by_time), 1.0)


def _left(followed: Curves) -> str:
    if not followed.epochs:
        return say("The first epoch is on its way")
    begin = followed.begin
    by_epochs = (begin["epochs"] - len(followed.epochs)) * _recent_seconds(followed)
    by_time = begin["minutes"] * 60 - (time.time() - begin["at"])
    left = moments.length(min(by_epochs, by_time))
    return say(
        "Epoch {epoch} of at most {most}; at most {left} left, less if it stops improving",
        epoch=len(followed.epochs), most=begin["epochs"], left=left,
    )  # fmt: skip
