"""Ranges that keep their promise: after training, one number makes all of them wider or narrower."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.recipes import answers
from core.words import Sentence, mark


def widening(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> float:
    """By how much both ends have to move outwards, so that ranges hold what they are meant to; below 0, inwards.

    Fitted on rows that did not train: of how far each true value lies outside its range (below 0: inside it), the
    quantile that the range is meant to hold, with the correction for few rows.

    Args:
        target: The target's recipe, with a range.
        truth: The encoded truth of the validation rows, [rows, 1].
        outputs: What the network says of them, [rows, 3].

    Returns:
        A distance in encoded units, as the recipe keeps it.

    Source: Romano, Patterson and Candès, "Conformalized Quantile Regression", NeurIPS 2019, section 3.
    """
    low, _, high = np.sort(np.asarray(outputs, np.float64), axis=1).T
    true = np.asarray(truth, np.float64)[:, 0]
    outside = np.sort(np.maximum(low - true, true - high))
    shares = target["range"]["shares"]
    place = int(np.ceil((shares[-1] - shares[0]) * (len(true) + 1)))
    return float(outside[min(place, len(true)) - 1])


def told(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, widen: float) -> dict[str, Any]:
    """What becomes of the ranges, as plain data: the share of validation rows within them before and after."""
    held = []
    for moved in (0.0, widen):
        said = answers({"target": {**target, "range": {**target["range"], "widen": moved}}}, outputs)
        true = np.asarray(truth, np.float64)[:, 0] * target["scale"] + target["mean"]
        held.append(float(np.mean((np.array(said["low"]) <= true) & (true <= np.array(said["high"])))))
    text = _sentence(*held, moved=widen * target["scale"])
    return {"widen": widen * target["scale"], "before": held[0], "after": held[1], "text": text.to_json()}


def _sentence(before: float, after: float, moved: float) -> Sentence:
    said = {"before": before, "after": after, "moved": abs(moved)}
    if moved > 0:
        return mark(
            "Its ranges were widened by {moved:,.3g} on each side: they held {before:.1%} of validation rows, now {after:.1%}.",
            **said,
        )  # fmt: skip
    return mark(
        "Its ranges were narrowed by {moved:,.3g} on each side: they held {before:.1%} of validation rows, now {after:.1%}.",
        **said,
    )  # fmt: skip
