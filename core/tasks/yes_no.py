"""A question with two answers, such as whether a customer will leave."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from core.errors import DataError
from core.tasks import _classes, _scores
from core.words import mark

LABEL = mark("Yes or no")
HELP = mark("Which of two answers, and how likely it is.")
FORM = "classes"
ACTIVATION = "sigmoid"
LOSS = "binary_crossentropy"
MAIN = "roc_auc"
HIGHER_IS_BETTER = True
METRIC_WORDS = {
    "roc_auc": (
        mark("Ranking (ROC AUC)"),
        mark("Shown one row of each answer, how often it ranks them rightly. 0.5 is guessing, 1 is perfect."),
    ),
    "accuracy": (mark("Right answers"), mark("The share of rows whose answer it gets right.")),
    "log_loss": (
        mark("Surprise (log loss)"),
        mark("How wrong its percentages are; being sure and wrong costs most. Smaller is better."),
    ),
    "ece": _scores.ECE_WORDS,
    "f1": (
        mark("F1"),
        mark("Balance between finding all that are asked for and raising few false alarms; 1 is perfect."),
    ),
    "average_precision": (
        mark("Average precision"),
        mark("How clean the top of its list is, however far down you go; 1 is perfect."),
    ),
}


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = MappingProxyType({})) -> bool:
    """Whether a column of this kind with so many different values can be the target."""
    return kind in ("number", "category") and distinct == 2


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives."""
    return 1


def fit_target(texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The target's recipe from training rows, with the answer that is asked for second.

    Raises:
        DataError: If there are not exactly two different answers.
    """
    counts = _classes.count(texts)
    if len(counts) != 2:
        raise DataError(
            mark(
                "A yes-or-no question needs two different answers; here there are {count:,}.",
                count=len(counts),
            ),
            mark("Choose another target, or another kind of question for this one."),
        )
    return {"as": "classes", "classes": _classes.positive_last(counts)}


def encode_target(target: Mapping[str, Any], texts: Iterable[str]) -> np.ndarray:
    """1 for the second answer, 0 for the first, float32 [rows, 1]; NaN where the answer is missing or unknown."""
    places = _classes.places(target, texts).astype(np.float32)
    places[places < 0] = np.nan
    return places[:, None]


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """Each measure for each weighting of the rows [draws, rows], see `_scores`."""
    chance = np.asarray(outputs, np.float64)[:, 0]
    true = np.asarray(truth)[:, 0].astype(int)
    predicted = (chance >= target.get("threshold", 0.5)).astype(int)
    right, said, is_true = _scores.per_class(predicted, true, 2, weights)
    tied = _scores.tied(chance, true, weights)
    return {
        "roc_auc": _scores.roc_auc(*tied),
        "accuracy": _scores.mean(predicted == true, weights),
        "log_loss": _scores.log_loss(np.stack([1 - chance, chance], 1), true, weights),
        "ece": _scores.calibration_error(chance, true, weights),
        "f1": _scores.f1(right, said, is_true)[:, 1],
        "average_precision": _scores.average_precision(*tied),
    }


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """Each measure of the network's outputs [rows, 1] against the encoded truth."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
