"""Other runs that come first."""

import math
import time

from core import devices, runs
from core.before._asked import Asked
from core.before._objection import Objection
from core.runs import Run
from core.words import mark

LABEL = mark("Other runs")
TRAINING = ("starting", "running", "stopping")
MINUTE = 60


def look(asked: Asked) -> list[Objection]:
    waiting, wish = {id for _, id in runs.waiting()}, asked.spec.device
    every = [run for run in runs.everything() if run.id in waiting or run.state().name in TRAINING]
    ahead = [run for run in every if not wish or _device(run, run.id in waiting) in ("", wish)]
    places = 1 if wish else devices.at_once()
    if len(ahead) < places:
        return []
    minutes = math.ceil(sum(map(_minutes, ahead)) / places)
    what = mark(
        "{count} other run trains or waits: this one begins after it.",
        plural="{count} other runs train or wait: this one begins after them.", count=len(ahead),
    )  # fmt: skip
    fix = mark(
        "It waits for at most {count:,} minute, and begins by itself.",
        plural="It waits for at most {count:,} minutes, and begins by itself.", count=minutes,
    )  # fmt: skip
    return [Objection("note", what, fix)]


def _device(run: Run, waits: bool) -> str:
    """Where it trains, or wants to; empty where that is open."""
    return run.spec().device if waits else run.state().device


def _minutes(run: Run) -> float:
    """How long it may still take."""
    state, allowed = run.state(), run.spec().training["minutes"]
    passed = (time.time() - state.since) / MINUTE if state.name in TRAINING else 0.0
    return max(allowed - passed, 0.0)
