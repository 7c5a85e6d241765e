"""A question whose answer are the next values of a series, such as the passengers of the coming months."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from core.tasks import _scores, amount
from core.words import mark

LABEL = mark("What comes next")
HELP = mark("The next values of one series or of many, learned from how they went on before.")
ACTIVATION = "linear"
FORM = "number"
LOSS = "huber"  # windows in which something odd happened must not lead all others
MAIN = "mase"
HIGHER_IS_BETTER = False
METRIC_WORDS = {
    "mase": (
        mark("Miss, against repeating (MASE)"),
        mark(
            "How far off it is, with 1 for what repeating the last season misses within the training time. Smaller is better."
        ),
    ),
    "mae": (
        mark("Mean miss (MAE)"),
        mark("How far off it is on average, in the target's own unit. Smaller is better."),
    ),
    "rmse": (
        mark("Typical miss, large ones count more (RMSE)"),
        mark(
            "How far off it is, in the target's own unit, with large misses weighing more. Smaller is better."
        ),
    ),
    "smape": (
        mark("Mean miss in percent (sMAPE)"),
        mark("How far off it is, as a share of the forecast and the truth together. Smaller is better."),
    ),
}


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = amount.NOTHING) -> bool:
    """Never by the column alone: whether there is a time to forecast along, `core.suggest` knows."""
    return False


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives: one for each step ahead."""
    return target["steps"]


def fit_target(
    texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None, steps: int = 1
) -> dict[str, Any]:
    """The target's recipe: how it is read, and how many steps ahead are asked for.

    Raises:
        DataError: If no value can be read as a number, or all are the same.
    """
    found = amount.fit_target(texts, kind, parse)
    return {"as": "forecast", "parse": found["parse"], "steps": steps}


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """While training: how far outputs are off, [windows, steps] in scales of the series, see `core.windows`.

    Without a bend that is the MASE itself. Results are measured in the target's own unit, see `core.results.series`.
    """
    off = np.asarray(truth, np.float64) - np.asarray(outputs, np.float64)
    return {"mase": _scores.mean(np.abs(off).mean(1), weights)}


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """As `scores`, each window counted once."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
