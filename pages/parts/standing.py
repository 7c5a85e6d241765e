"""Where a run stands, in words and figures."""

import statistics
import time

import streamlit as st

from core import runs
from core.runs import LABELS, Event, Run, State
from core.words import Sentence, mark, say
from pages.parts import curves, moments, trouble
from pages.parts.curves import Curves

LOOK_SECONDS = 1.0
RECENT = 5
TONES = {
    "done": "green",
    "stopped": "green",
    "failed": "red",
    "crashed": "red",
    "queued": "gray",
    "paused": "orange",
}
WORDS = {
    "queued": mark("It waits for its turn: one run trains at a time."),
    "starting": mark("A process of its own is getting ready."),
    "running": mark("The network is learning. You may close this page: training goes on without it."),
    "paused": mark("It waits until you let it go on. Nothing is lost, even if this machine is switched off."),
    "stopping": mark("It stops after this step and keeps the best weights so far."),
    "done": mark("Training has ended. The best weights were kept."),
    "stopped": mark("You stopped it. The best weights so far were kept."),
}


def badge(state: State) -> None:
    """The state in one coloured word."""
    st.badge(str(LABELS[state.name]), color=TONES.get(state.name, "blue"))


@st.fragment(run_every=LOOK_SECONDS)
@trouble.guarded
def moving(run: Run, shown: str, pausing: bool) -> None:
    """The state of a run that has not ended, looked at every second.

    Args:
        shown: The state that the rest of the page was drawn for; with another one the page is drawn anew.
        pausing: Likewise, whether somebody had asked it to pause.
    """
    state = run.state()
    if (state.name, run.pause_asked()) != (shown, pausing):
        st.rerun(scope="app")
    runs.ensure_supervisor()  # it may have died, and the run waits for the next one
    show(run)


def show(run: Run) -> None:
    """State, figures and, while it trains, how far it is."""
    state, followed = run.state(), curves.of(run)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        badge(state)
        st.markdown(_sentence(run, state, followed))
    if state.name in ("failed", "crashed"):
        trouble.show(state.reason or say("It ended without a word."), state.fix or say("Train again."))
    if not state.ended:
        _happened(followed)
    if not state.ended and _trains(followed):
        st.progress(_share(followed, state), text=_left(followed, state))
    if followed.begin:
        _figures(followed, state)


def can_pause(run: Run) -> bool:
    """Whether it trains or is about to; what follows training is short and waits for nobody."""
    stage = curves.of(run).last.get("stage", {}).get("stage")
    return run.state().name in ("starting", "running", "paused") and stage not in ("exporting", "testing")


def _happened(followed: Curves) -> None:
    """What a person should know of a training that goes on: that it was interrupted, that the disk is full."""
    for kind in ("resumed", "message"):
        if kind in followed.last:
            st.caption(trouble.escape(str(Sentence.from_json(followed.last[kind]["text"]))))


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


def _figures(followed: Curves, state: State) -> None:
    begin, epochs = followed.begin, followed.epochs
    with st.container(key="facts", horizontal=True):
        st.metric(say("Epoch"), f"{len(epochs):,}", help=say("How often it has seen all training rows."))
        st.metric(say("Best epoch"), f"{followed.best['epoch']:,}" if followed.best else "–")
        st.metric(say("Rows a second"), f"{_speed(followed):,.0f}" if epochs else "–")
        st.metric(say("Trained for"), moments.length(_elapsed(followed, state)))
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


def _elapsed(followed: Curves, state: State) -> float:
    """Seconds that count: without pauses and interruptions, and without what follows training."""
    told = max(
        (followed.last[kind] for kind in ("steps", "epoch") if kind in followed.last), key=_at, default=None
    )
    if told is None:
        return 0.0
    counted = told.get("spent", told["at"] - followed.begin["at"])
    if state.name != "running" or not _trains(followed):
        return counted
    return counted + time.time() - max(told["at"], _at(followed.last.get("stage", told)))


def _at(event: Event) -> float:
    return event["at"]


def _share(followed: Curves, state: State) -> float:
    """How much of what is allowed is used up, by epochs or by minutes, whichever is nearer to its end."""
    begin = followed.begin
    by_epochs = len(followed.epochs) / max(begin["epochs"], 1)
    by_time = _elapsed(followed, state) / max(begin["minutes"] * 60, 1)
    return min(max(by_epochs, by_time), 1.0)


def _left(followed: Curves, state: State) -> str:
    if not followed.epochs:
        return say("The first epoch is on its way")
    begin = followed.begin
    by_epochs = (begin["epochs"] - len(followed.epochs)) * _recent_seconds(followed)
    by_time = begin["minutes"] * 60 - _elapsed(followed, state)
    left = moments.length(min(by_epochs, by_time))
    return say(
        "Epoch {epoch} of at most {most}; at most {left} left, less if it stops improving",
        epoch=len(followed.epochs), most=begin["epochs"], left=left,
    )  # fmt: skip
