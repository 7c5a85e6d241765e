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
    waiting = {id for _, id in runs.waiting()}
    every = runs.everything()
    busy = [run for run in every if run.id not in waiting and run.state().name in TRAINING]
    ahead = [*busy, *(run for run in every if run.id in waiting)]
    places = max(sum(1 for device in devices.found() if device.uuid), 1)
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


def _minutes(run: Run) -> float:
    """How long it may still take."""
    state, allowed = run.state(), run.spec().training["minutes"]
    passed = (time.time() - state.since) / MINUTE if state.name in TRAINING else 0.0
    return max(allowed - passed, 0.0)
