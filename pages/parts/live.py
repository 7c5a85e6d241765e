"""A run becomes moving charts, fed by `pages.parts.server` and drawn by `frontend/src/live_chart.ts`."""

from pathlib import Path

import streamlit as st

from core.runs import Run
from core.tasks import SHELF as TASKS
from core.words import say
from pages.parts import server

SCRIPT = Path(__file__).with_name("live_chart.js")

_mount = st.components.v2.component(
    "modelyard_live", html='<div class="live"></div>', js=SCRIPT.read_text(encoding="utf-8")
)


def draw(run: Run, task: str) -> None:
    """The run's curves of loss and main metric; they go on by themselves while it trains."""
    label, _ = TASKS[task].METRIC_WORDS[TASKS[task].MAIN]
    higher = TASKS[task].HIGHER_IS_BETTER
    spoken = {
        "loss": say("Loss"),
        "lossHint": say("smaller is better"),
        "metric": str(label),
        "metricHint": say("higher is better") if higher else say("smaller is better"),
        "training": say("Training rows"),
        "validation": say("Validation rows"),
        "epoch": say("Epoch"),
        "best": say("Best"),
        "waiting": say("The curves begin with the first steps."),
        "description": say(
            "Curves of loss and {metric} by epoch, for training and validation rows.", metric=label
        ),
    }
    _mount(key=f"live-{run.id}", data={"url": server.curves_address(run.id), "words": spoken})
