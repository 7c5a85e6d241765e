"""A question whose answer is a number, such as a price."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from core.errors import DataError
from core.recipes import read_values
from core.tasks import _scores
from core.words import mark

LABEL = mark("An amount")
HELP = mark("How much or how many: a number in the target's own unit.")
FORM = "number"
ACTIVATION = "linear"
LOSS = "mean_squared_error"
MAIN = "r2"
HIGHER_IS_BETTER = True
METRIC_WORDS = {
    "r2": (
        mark("Explained (R²)"),
        mark(
            "How much of the differences between rows it explains. 0 is no better than the mean, 1 is perfect."
        ),
    ),
    "rmse": (
        mark("Typical miss, large ones count more (RMSE)"),
        mark(
            "How far off it is, in the target's own unit, with large misses weighing more. Smaller is better."
        ),
    ),
    "mae": (
        mark("Mean miss (MAE)"),
        mark("How far off it is on average, in the target's own unit. Smaller is better."),
    ),
}


NOTHING: Mapping[str, Any] = MappingProxyType({})


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = NOTHING) -> bool:
    """Whether a column of this kind with so many different values can be the target."""
    return kind == "number" and distinct >= 3


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the last layer gives."""
    return 1


def fit_target(texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The target's recipe from training rows: how it is read, its mean and its spread.

    Raises:
        DataError: If no value can be read as a number, or all are the same.
    """
    parse = dict(parse or {"as": "number"})
    values = read_values(texts, parse)
    known = values[np.isfinite(values)]
    spread = float(known.std()) if len(known) else 0.0
    if spread <= 1e-12 * float(np.abs(known).max(initial=0.0)):
        raise DataError(
            mark("The target holds no two different numbers."),
            mark("Choose a target whose values differ from row to row."),
        )
    return {"as": "number", "parse": parse, "mean": float(known.mean()), "scale": spread}


def encode_target(target: Mapping[str, Any], texts: Iterable[str]) -> np.ndarray:
    """How many spreads above the mean, float32 [rows, 1]; NaN where it is missing or no number."""
    values = read_values(texts, target["parse"])
    return ((values - target["mean"]) / target["scale"]).astype(np.float32)[:, None]


def decode(target: Mapping[str, Any], values: np.ndarray) -> np.ndarray:
    """Encoded values [rows, 1] in the target's own unit, float64 [rows]; of a range's three, the middle one."""
    values = np.sort(np.asarray(values, np.float64), axis=1)
    return values[:, values.shape[1] // 2] * target["scale"] + target["mean"]


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """Each measure for each weighting of the rows [draws, rows], see `_scores`."""
    true, predicted = decode(target, truth), decode(target, outputs)
    return {
        "r2": _scores.r2(true, predicted, weights),
        "rmse": np.sqrt(_scores.mean((true - predicted) ** 2, weights)),
        "mae": _scores.mean(np.abs(true - predicted), weights),
    }


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """Each measure of the network's outputs [rows, 1] against the encoded truth, in the target's own unit."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
