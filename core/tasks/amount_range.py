"""A question whose answer is a number with the range in which it will most likely lie."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from core.recipes import answers
from core.tasks import _scores, amount
from core.words import mark

LABEL = mark("An amount with a range")
HELP = mark("How much, and between which two numbers it lies in 90 of 100 cases.")
FORM = "number"
ACTIVATION = "linear"
LOSS = "Pinball"
OWN_LOSS = True
MAIN = "r2"
HIGHER_IS_BETTER = True
SHARES = (0.05, 0.5, 0.95)
METRIC_WORDS = {
    "r2": amount.METRIC_WORDS["r2"],
    "mae": amount.METRIC_WORDS["mae"],
    "coverage": (
        mark("Within the range"),
        mark("The share of rows whose true value lies in the range that it gives. It is meant to be 0.9."),
    ),
    "width": (
        mark("Mean width of the range"),
        mark("From its low to its high end, in the target's own unit. The narrower, the more it says."),
    ),
    "pinball": (
        mark("Mean pinball loss"),
        mark("How far off the middle and both ends of the range are together. Smaller is better."),
    ),
}

decode, encode_target, suits = amount.decode, amount.encode_target, amount.suits


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives: low end, middle and high end."""
    return len(SHARES)


def fit_target(texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """As for an amount; by how much the range is to be widened is known only when there is a network.

    Raises:
        DataError: If no value can be read as a number, or all are the same.
    """
    return {**amount.fit_target(texts, kind, parse), "range": {"shares": list(SHARES), "widen": 0.0}}


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """Each measure for each weighting of the rows [draws, rows], see `_scores`."""
    true, said = decode(target, truth), answers({"target": target}, outputs)
    low, middle, high = (np.asarray(said[name]) for name in ("low", "prediction", "high"))
    return {
        "r2": _scores.r2(true, middle, weights),
        "mae": _scores.mean(np.abs(true - middle), weights),
        "coverage": _scores.mean((low <= true) & (true <= high), weights),
        "width": _scores.mean(high - low, weights),
        "pinball": _scores.mean(_scores.pinball(true, np.stack([low, middle, high], 1), SHARES), weights),
    }


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """Each measure of the network's outputs [rows, 3] against the encoded truth, in the target's own unit."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
