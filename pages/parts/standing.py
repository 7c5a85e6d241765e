"""Where a run stands: in one word, and in a form that tells whether its page has to be drawn anew."""

import streamlit as st

from core import runs
from core.runs import LABELS, Run, State
from pages.parts import curves
from pages.parts.curves import AFTER_TRAINING, Curves

TONES = {
    "done": "green",
    "stopped": "green",
    "failed": "red",
    "crashed": "red",
    "queued": "gray",
    "paused": "orange",
}


def tone(state: State) -> str:
    """The colour of the state, one of Streamlit's."""
    return TONES.get(state.name, "blue")


def badge(state: State) -> None:
    """The state in one coloured word."""
    st.badge(str(LABELS[state.name]), color=tone(state))


def can_pause(run: Run) -> bool:
    """Whether it trains or is about to; what follows training is short and waits for nobody."""
    return _can_pause(run.state(), curves.of(run))


def _can_pause(state: State, followed: Curves) -> bool:
    stage = followed.last.get("stage", {}).get("stage")
    return state.name in ("starting", "running", "paused") and stage not in AFTER_TRAINING


def drawn_for(run: Run, followed: Curves) -> str:
    """All on which the page around the moving panel depends; with another one the page is drawn anew."""
    state = run.state()
    asked = f"{run.pause_asked():d}{run.stop_asked():d}{_can_pause(state, followed):d}"
    waiting = [] if state.ended else [id for _, id in runs.waiting()]
    return "/".join([state.name, asked, *waiting])
