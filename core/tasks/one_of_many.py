"""A question with several answers, such as which species a penguin is."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from core.errors import DataError
from core.tasks import _classes, _scores
from core.words import mark

LABEL = mark("One of many")
HELP = mark("Which of several answers, and how likely each is.")
FORM = "classes"
ACTIVATION = "softmax"
LOSS = "sparse_categorical_crossentropy"
MAIN = "accuracy"
HIGHER_IS_BETTER = True
MOST_CLASSES = 1_000
METRIC_WORDS = {
    "accuracy": (mark("Right answers"), mark("The share of rows whose answer it gets right.")),
    "balanced_accuracy": (
        mark("Right answers, each class alike"),
        mark("The share of right answers within each class, averaged, so that rare classes count as much."),
    ),
    "log_loss": (
        mark("Surprise (log loss)"),
        mark("How wrong its percentages are; being sure and wrong costs most. Smaller is better."),
    ),
    "ece": _scores.ECE_WORDS,
    "f1_macro": (
        mark("F1, each class alike"),
        mark("Balance between finding a class and raising few false alarms, averaged; 1 is perfect."),
    ),
}


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = MappingProxyType({})) -> bool:
    """Whether a column of this kind with so many different values can be the target."""
    most = {"category": MOST_CLASSES, "number": 50}.get(kind, 0)
    return 3 <= distinct <= most


def natural(summary: Mapping[str, Any]) -> bool:
    """Whether the answers are numbers that stand for names; an order of other words is told first."""
    return _classes.numerals(summary)


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives: one for each class."""
    return len(target["classes"])


def fit_target(texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The target's recipe from training rows.

    Raises:
        DataError: If all answers are the same, or there are more than `MOST_CLASSES` different ones.
    """
    counts = _classes.count(texts)
    if not 2 <= len(counts) <= MOST_CLASSES:
        raise DataError(
            mark("Choosing one of many needs between 2 and {most:,} different answers; here there are {count:,}.",
                 most=MOST_CLASSES, count=len(counts)),
            mark("Choose another target, or group its values into fewer."),
        )  # fmt: skip
    return {"as": "classes", "classes": _classes.sort(counts)}


def encode_target(target: Mapping[str, Any], texts: Iterable[str]) -> np.ndarray:
    """The class number, int32 [rows]; -1 where the answer is missing or unknown."""
    return _classes.places(target, texts)


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """Each measure for each weighting of the rows [draws, rows], see `_scores`."""
    outputs = np.asarray(outputs)
    true, predicted = np.asarray(truth).astype(int), outputs.argmax(1)
    right, said, is_true = _scores.per_class(predicted, true, len(target["classes"]), weights)
    recall = np.divide(right, is_true, out=np.zeros_like(right), where=is_true > 0)
    # As scikit-learn does: a class counts where it occurs (recall), or occurs or was predicted (F1).
    met, heard = (is_true > 0).sum(1), ((is_true + said) > 0).sum(1)
    return {
        "accuracy": _scores.mean(predicted == true, weights),
        "balanced_accuracy": recall.sum(1) / met,
        "log_loss": _scores.log_loss(outputs, true, weights),
        "ece": _scores.calibration_error(outputs.max(1), predicted == true, weights),
        "f1_macro": _scores.f1(right, said, is_true).sum(1) / heard,
    }


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """Each measure of the network's outputs [rows, classes] against the encoded truth."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
