"""The part of the moving panel that draws the curves: loss and every metric, by epoch and by step."""

from typing import Any

from core.runs import Run
from core.tasks import SHELF as TASKS
from core.words import say
from pages.parts import progress
from pages.parts.curves import Curves

LINES = ("steps", "rates", "epochs")


def words() -> dict[str, str]:
    """The controls around the charts."""
    return {
        "loss": say("Loss"),
        "lossHint": say("How far off it is, as the network counts it. Smaller is better."),
        "metrics": say("Metric"),
        "training": say("Training rows"),
        "validation": say("Validation rows"),
        "epoch": say("Epoch"),
        "step": say("Step"),
        "best": say("Best"),
        "waiting": say("The curves begin with the first steps."),
        "later": say("The first values come at the end of the first epoch."),
        "view": say("Along the axis"),
        "byEpoch": say("Epochs"),
        "byStep": say("Steps"),
        "smoothing": say("Smoothing"),
        "smooth0": say("None"),
        "smooth1": say("Some"),
        "smooth2": say("Much"),
        "log": say("Log scale"),
        "rate": say("Learning rate"),
        "whole": say("Whole run"),
        "keys": say("Arrow keys read the values, plus and minus zoom, 0 shows the whole run."),
        "zoom": say("Drag over a chart to zoom; a double click shows the whole run."),
    }


def told(run: Run, followed: Curves) -> dict[str, Any]:
    """All points that the browser draws, with what they are called and what they say."""
    known = TASKS[progress.asked(run).goal.task].METRIC_WORDS
    metrics = [name for name in followed.metrics if name in known]
    return {
        **followed.picture(),
        "metrics": [
            {"name": name, "label": str(known[name][0]), "help": str(known[name][1])} for name in metrics
        ],
        "described": {
            "loss": _described(followed, "loss", say("Loss")),
            **{name: _described(followed, name, str(known[name][0])) for name in metrics},
        },
    }


def news(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any] | None:
    """The points behind those of `before`, if these have stayed; None where all have to be sent."""
    if before["drawn"] != now["drawn"] or before["metrics"] != now["metrics"]:
        return None
    new: dict[str, Any] = {}
    for line in LINES:
        new[line] = {}
        for name, values in now[line].items():
            known = before[line].get(name)
            if known is None or values[: len(known)] != known:
                return None
            new[line][name] = values[len(known) :]
    rest = {name: value for name, value in now.items() if name not in (*LINES, "drawn", "metrics")}
    return {**new, **rest}


def _described(followed: Curves, name: str, label: str) -> str:
    """The curve in a sentence, for those who cannot see it."""
    if not followed.epochs:
        if name == "loss" and followed.losses.values:
            return say("{curve} by step. Now {now:.4g}.", curve=label, now=followed.losses.values[-1])
        return say("{curve}. There are no values yet.", curve=label)
    last, best = followed.epochs[-1], followed.best
    values = [event.get(f"val_{name}") for event in (last, best or last)]
    if None in values:
        return say("{curve}. There are no values yet.", curve=label)
    return say(
        "{curve} on validation rows: {now:.4g} at epoch {epoch}, and {then:.4g} at the best epoch, {best}.",
        curve=label, now=values[0], epoch=last["epoch"], then=values[1], best=(best or last)["epoch"],
    )  # fmt: skip
