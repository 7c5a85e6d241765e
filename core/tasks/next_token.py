"""A question whose answer is a text: what comes next, character by character, so that a beginning is written on."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.tasks import _scores, amount
from core.words import mark

LABEL = mark("Write on")
HELP = mark("Learns how these texts are written, and goes on from any beginning in their style.")
ACTIVATION = "softmax"
FORM = "text"
LOSS = "sparse_categorical_crossentropy"
MAIN = "bits"
HIGHER_IS_BETTER = False
METRIC_WORDS = {
    "bits": (
        mark("Bits per character"),
        mark(
            "How much it still has to be told at each character, in yes-or-no questions. Smaller is better."
        ),
    ),
    "perplexity": (
        mark("Hesitates between"),
        mark("Between about so many characters it hesitates at each place (perplexity). Smaller is better."),
    ),
    "accuracy": (
        mark("Right at first guess"),
        mark("The share of characters that it held to be the likeliest."),
    ),
}
TINY = 1e-9


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = amount.NOTHING) -> bool:
    """Whether a column holds texts."""
    return kind == "text" and distinct >= 1


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives at each place: one for each code."""
    return len(target["characters"]) + 2


def steps(target: Mapping[str, Any]) -> int:
    """At how many places it answers: after each character of a window."""
    return target["length"]


def surprise(truth: np.ndarray, outputs: np.ndarray) -> np.ndarray:
    """The bits that each true code still takes, [windows, places]."""
    said = np.take_along_axis(np.asarray(outputs), np.asarray(truth, np.int64)[..., None], -1)[..., 0]
    return -np.log2(np.maximum(said.astype(np.float64), TINY))


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """Bits, perplexity and right guesses, each window weighted."""
    bits = _scores.mean(surprise(truth, outputs).mean(1), weights)
    right = (np.asarray(outputs).argmax(-1) == np.asarray(truth)).mean(1)
    return {"bits": bits, "perplexity": 2.0**bits, "accuracy": _scores.mean(right, weights)}


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """As `scores`, each window counted once."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
