"""Measures of forecasts as plain arithmetic, for many weightings of the windows at once."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.tasks._scores import Scores

DRAWS = 1_000
MOST_CELLS = 20_000_000
MIDDLE = (2.5, 97.5)  # percent


def scores(truth: np.ndarray, said: np.ndarray, size: np.ndarray, weights: np.ndarray) -> Scores:
    """Each measure for each weighting of the windows [draws, windows].

    Args:
        truth: In the target's unit, [windows, steps]; what is NaN does not count.
        said: The forecasts.
        size: What repeating the last season missed within the training time, by window.

    Source: Hyndman and Koehler, "Another look at measures of forecast accuracy", Int. J. Forecasting 22 (2006): the MASE
        in 3.4; the sMAPE as in Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition, 5.8.
    """
    known = np.isfinite(truth)
    off = np.where(known, np.abs(truth - said), 0.0)
    around = np.abs(np.where(known, truth, 0.0)) + np.abs(said)
    share = np.divide(2 * off, around, out=np.zeros_like(off), where=known & (around > 0))
    count = weights @ known.sum(1)

    def mean(values: np.ndarray) -> np.ndarray:
        sums = weights @ values.sum(1)
        return np.divide(sums, count, out=np.full(len(sums), np.nan), where=count > 0)

    return {
        "mase": mean(off / size[:, None]),
        "mae": mean(off),
        "rmse": np.sqrt(mean(off**2)),
        "smape": 100 * mean(share),
    }


def measured(truth: np.ndarray, said: np.ndarray, size: np.ndarray) -> dict[str, float]:
    """Each measure with every window counted once."""
    return {
        name: float(values[0]) for name, values in scores(truth, said, size, np.ones((1, len(truth)))).items()
    }


def draws(at: np.ndarray, steps: int, count: int = DRAWS, seed: int = 1) -> np.ndarray:
    """How often each window counts in each draw, [draws, windows].

    Windows that begin close to each other share most of their answers, and series of one time share their weather: whole
    stretches of time are drawn, as long as a forecast, with all windows that begin in them.

    Args:
        at: The step after which each window's forecast is made.
        steps: How long a forecast is.

    Source: Künsch, "The jackknife and the bootstrap for general stationary observations", Annals of Statistics 17 (1989).
    """
    times, place = np.unique(at, return_inverse=True)
    long = max(1, min(steps, len(times) // 3))
    random = np.random.RandomState(seed)
    count = max(200, min(count, MOST_CELLS // max(len(at), 1)))
    starts = random.randint(0, len(times), size=(count, -(-len(times) // long)))
    drawn = (starts[:, :, None] + np.arange(long)) % len(times)
    drawn = drawn.reshape(count, -1)[:, : len(times)] + np.arange(count)[:, None] * len(times)
    often = np.bincount(drawn.ravel(), minlength=count * len(times)).reshape(count, len(times))
    return often[:, place].astype(np.float64)


def between(found: Scores) -> dict[str, tuple[float, float]]:
    """The middle 95 % of each measure over the draws."""
    return {name: _middle(values) for name, values in found.items()}


def _middle(values: np.ndarray) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    if not len(known):
        return (float("nan"), float("nan"))
    low, high = np.percentile(known, MIDDLE)
    return float(low), float(high)


def by_step(truth: np.ndarray, said: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """The mean miss at each step ahead, of each forecaster."""
    known = np.isfinite(truth)
    count = np.maximum(known.sum(0), 1)
    return {
        name: (np.where(known, np.abs(truth - values), 0.0).sum(0) / count).tolist()
        for name, values in said.items()
    }
