"""A question whose answers stand in an order, such as bad, fair and good."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from core.errors import DataError
from core.recipes import answers
from core.tasks import _classes, _scores
from core.tasks._order import in_order
from core.words import mark

LABEL = mark("Steps in order")
HELP = mark(
    "Which of several answers that stand in an order, such as bad, fair and good: one step off is half right."
)
FORM = "classes"
ACTIVATION = "sigmoid"
LOSS = "StepsLoss"
OWN_LOSS = True
MAIN = "kappa"
HIGHER_IS_BETTER = True
MOST_CLASSES = 20
METRIC_WORDS = {
    "kappa": (
        mark("Agreement (kappa)"),
        mark("How well it agrees with the truth, where large misses count by the square of their steps. 0 is chance, 1 is perfect."),
    ),
    "accuracy": (mark("Right answers"), mark("The share of rows whose answer it gets right.")),
    "near": (
        mark("At most one step off"),
        mark("The share of rows where it is right or names a neighbour."),
    ),
    "steps": (
        mark("Mean miss in steps"),
        mark("By how many steps it is off on average; right answers count as 0. Smaller is better."),
    ),
    "log_loss": (
        mark("Surprise (log loss)"),
        mark("How wrong its percentages are; being sure and wrong costs most. Smaller is better."),
    ),
}  # fmt: skip

encode_target = _classes.places


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = MappingProxyType({})) -> bool:
    """Whether such a column can be the target: a few answers whose order is known."""
    if kind not in ("number", "category") or not 3 <= distinct <= MOST_CLASSES:
        return False
    return kind == "number" or known_order(distinct, summary) is not None


def natural(summary: Mapping[str, Any]) -> bool:
    """Whether the answers are words that stand in an order; a number is an amount first, and a numeral in place of a name is
    one of many: where pictures show digits, 8 is no step beyond 7."""
    return "top" in summary and not _classes.numerals(summary)


def known_order(distinct: int, summary: Mapping[str, Any]) -> list[str] | None:
    """The answers in their order, from what is known about the column; None where it is not known."""
    seen = {str(value).strip() for value, _ in summary.get("top", ())}
    return in_order(seen) if len(seen) == distinct else None


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives: one for each step from an answer to the next."""
    return len(target["classes"]) - 1


def fit_target(texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The target's recipe from training rows, with the answers in order.

    Raises:
        DataError: If there are fewer than three answers or too many, or nothing tells their order.
    """
    counts = _classes.count(texts)
    if not 3 <= len(counts) <= MOST_CLASSES:
        raise DataError(
            mark("Steps in order need between 3 and {most} different answers; here there are {count:,}.",
                 most=MOST_CLASSES, count=len(counts)),
            mark("Choose another kind of question for this target."),
        )  # fmt: skip
    found = in_order(counts)
    if found is None:
        raise DataError(
            mark("Nothing tells in which order these answers stand: {names}.", names=list(counts)[:10]),
            mark("Begin each answer with its number, such as “1 bad”, or choose another kind of question."),
        )
    return {"as": "classes", "classes": found, "steps": True}


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """Each measure for each weighting of the rows [draws, rows], see `_scores`."""
    said = answers({"target": target}, outputs)
    place = {name: number for number, name in enumerate(target["classes"])}
    true = np.asarray(truth).astype(int)
    predicted = np.array([place[name] for name in said["prediction"]], int)
    off = np.abs(true - predicted)
    return {
        "kappa": _scores.quadratic_kappa(true, predicted, weights),
        "accuracy": _scores.mean(off == 0, weights),
        "near": _scores.mean(off <= 1, weights),
        "steps": _scores.mean(off, weights),
        "log_loss": _scores.log_loss(np.asarray(said["probabilities"]), true, weights),
    }


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """Each measure of the network's outputs [rows, steps] against the encoded truth."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
