"""How well ratings are foretold, where there are any, beside how well items are ranked."""

from typing import Any

import numpy as np

from core.tasks._scores import intervals
from core.tastes import rated
from core.tastes.apart import TEST, TRAIN, VALIDATION
from core.tastes.events import Events
from core.words import Sentence, mark

FEWEST = 20  # ratings of the test


def evaluate(events: Events, side: np.ndarray) -> dict[str, Any] | None:
    """The root of the mean square and the mean of how far off ratings are; None where there are too few.

    Beside them the same figures of saying the average every time, and intervals of 95 percent.

    Args:
        side: Of each event, by time and whether liked or not.
    """
    if events.rating is None:
        return None
    there = np.isfinite(events.rating)
    test, training, validation = (there & (side == one) for one in (TEST, TRAIN, VALIDATION))
    if test.sum() < FEWEST or not training.any():
        return None
    sizes = len(events.persons) + 1, len(events.items) + 1
    found = rated.chosen(events.person, events.item, events.rating, training, validation, sizes)
    truth = events.rating[test]
    ours = np.abs(found.said(events.person[test], events.item[test]) - truth)
    plain = np.abs(found.average - truth)

    def figures(weights: np.ndarray) -> dict[str, np.ndarray]:
        total = weights.sum(1)
        return {
            "rmse": np.sqrt(weights @ np.square(ours) / total), "mae": weights @ ours / total,
            "ahead": np.sqrt(weights @ np.square(plain) / total) - np.sqrt(weights @ np.square(ours) / total),
        }  # fmt: skip

    known = events.rating[there]
    return {
        **_of(ours), "baseline": _of(plain), "intervals": intervals(figures, len(truth)), "count": len(truth),
        "least": float(known.min()), "most": float(known.max()), "pull": found.pull,
    }  # fmt: skip


def _of(off: np.ndarray) -> dict[str, float]:
    return {"rmse": float(np.sqrt(np.square(off).mean())), "mae": float(off.mean())}


def told(found: dict[str, Any]) -> Sentence:
    """The figures in plain words."""
    values = {
        "mae": round(found["mae"], 2), "rmse": round(found["rmse"], 2), "plain": round(found["baseline"]["mae"], 2),
        "wide": round(found["baseline"]["rmse"], 2), "count": found["count"], "least": found["least"], "most": found["most"],
    }  # fmt: skip
    if found["intervals"]["ahead"][0] > 0:
        return mark(
            "Ratings from {least:g} to {most:g}, foretold for the {count:,} of the test from how kind a person is and how well an item "
            "is liked, are {mae} off on average (MAE; RMSE {rmse}); saying the average every time is {plain} off (RMSE {wide}).",
            **values,
        )  # fmt: skip
    return mark(
        "Ratings from {least:g} to {most:g} cannot be foretold surely better than by saying the average every time: {mae} off on "
        "average (MAE; RMSE {rmse}) against {plain} (RMSE {wide}).",
        **values,
    )  # fmt: skip
