"""A question whose answer counts something, such as how many bikes are rented in an hour."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from core.errors import DataError
from core.recipes import read_values
from core.tasks import _scores, amount
from core.words import mark

LABEL = mark("How many")
HELP = mark("A number that counts something: 0, 1, 2 and so on, never less than none.")
FORM = "number"
ACTIVATION = "exponential"
LOSS = "poisson"
MAIN = "d2"
HIGHER_IS_BETTER = True
METRIC_WORDS = {
    "d2": (
        mark("Explained (D²)"),
        mark(
            "How much of the differences between rows it explains, as counts vary. 0 is no better than the mean, 1 is perfect."
        ),
    ),
    "mae": amount.METRIC_WORDS["mae"],
    "r2": amount.METRIC_WORDS["r2"],
    "deviance": (
        mark("Mean Poisson deviance"),
        mark("How surprised it is by the true counts, as chance would scatter them. Smaller is better."),
    ),
}  # fmt: skip
SKEWED = 1.1  # so many times the median is the mean
LARGEST = 10_000  # what is counted one by one seldom goes beyond; whole prices do

decode = amount.decode


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = amount.NOTHING) -> bool:
    """Whether such a column can be the target: whole numbers, none of them below 0."""
    return amount.suits(kind, distinct) and bool(summary.get("whole")) and summary["min"] >= 0


def natural(summary: Mapping[str, Any]) -> bool:
    """Whether the numbers look like counts: they begin at 0 or 1, most are small and a few large."""
    low, high = summary["min"], summary["quantiles"][-1]
    return low <= 1 and high <= LARGEST and summary["mean"] > SKEWED * summary["median"]


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives."""
    return 1


def fit_target(texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The target's recipe from training rows: counts are divided by their mean, so that 1 is what guessing says.

    Raises:
        DataError: If all counts are the same, or some lie below 0.
    """
    texts = list(texts)
    fitted = amount.fit_target(texts, kind, parse)
    values = read_values(texts, fitted["parse"])
    lowest = float(np.nanmin(values))
    if lowest < 0:
        raise DataError(
            mark("A count is never below 0, but the target holds {value:,g}.", value=lowest),
            mark("Choose “{task}” as the kind of question.", task=amount.LABEL),
        )
    return {**fitted, "mean": 0.0, "scale": float(np.nanmean(values))}


def encode_target(target: Mapping[str, Any], texts: Iterable[str]) -> np.ndarray:
    """So many times the mean count, float32 [rows, 1]; NaN where it is missing, no number or below 0."""
    encoded = amount.encode_target(target, texts)
    encoded[encoded < 0] = np.nan
    return encoded


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """Each measure for each weighting of the rows [draws, rows], see `_scores`."""
    true, predicted = decode(target, truth), decode(target, outputs)
    return {
        "d2": _scores.d2_poisson(true, predicted, weights),
        "mae": _scores.mean(np.abs(true - predicted), weights),
        "r2": _scores.r2(true, predicted, weights),
        "deviance": _scores.mean(_scores.poisson_deviance(true, predicted), weights),
    }


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """Each measure of the network's outputs [rows, 1] against the encoded truth, as counts."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
