"""The moving panel of a run's page: one component of our own, fed by one stream (`pages.parts.live_stream`).

Its parts stand in `frontend/src/live`, one file each, and in `pages/parts/live_<name>.py`. Nothing on the page has
to run again while a run trains. When the run's state has changed, the browser says so once, and the page is drawn anew.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from core.runs import Run
from core.words import say
from pages.parts import curves, live_stream, standing


@cache
def _component() -> Callable[..., Any]:
    """The built bundle, from the package that ships it; only a running server knows such packages."""
    return st.components.v2.component("modelyard-editor.live", js="live-*.js", css="live-*.css")


def draw(run: Run, task: str) -> None:
    """The run's panel, which goes on by itself; what somebody does in it reaches the part concerned.

    Args:
        task: The run's task, for the panel's name in a screen reader.
    """
    parts = live_stream.parts()
    data = {
        "url": live_stream.address(run.id),
        "drawn": standing.drawn_for(run, curves.of(run)),
        "ended": run.state().ended,
        "task": task,
        "words": {name: part.words() for name, part in parts.items() if hasattr(part, "words")},
        "title": say("How the training goes"),
    }
    found = _component()(key=f"live-{run.id}", data=data, height="content", on_act_change=lambda: None)
    act = getattr(found, "act", None)
    if act and act.get("part") in parts:
        parts[act["part"]].acted(run, act["name"], act.get("value"))
