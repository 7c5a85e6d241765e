"""Exponential smoothing with additive season and damped trend, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

DAMPING = (0.8, 0.98)
MOST_STEPS = 3_000  # of the latest ones, from which it is fitted
LONGEST_SEASON = 400
TINY = 1e-4


@dataclass(frozen=True)
class Smoothing:
    """How much each new value changes level, trend and season, and how they begin.

    Args:
        alpha: For the level, 0 to 1.
        beta: For the trend, 0 to `alpha`; None where there is no trend.
        gamma: For the season, 0 to `1 - alpha`; None where there is no season.
        phi: What is left of the trend after each step; 1 is not damped.
        level: At the beginning.
        trend: At the beginning.
        season: At the beginning, one number for each step of it, the first one for the first value.
    """

    alpha: float
    level: float
    beta: float | None = None
    gamma: float | None = None
    phi: float = 1.0
    trend: float = 0.0
    season: tuple[float, ...] = ()

    def run(self, values: Sequence[float]) -> tuple[list[float], "After"]:
        """What was expected of each value, one step ahead, and the states after each.

        Source: Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", 3rd edition, section 8.5, the
            innovations form of ETS(A,N,N), (A,Ad,N), (A,N,A) and (A,Ad,A).
        """
        level, trend, season = self.level, self.trend, list(self.season)
        beta, gamma, size = self.beta or 0.0, self.gamma or 0.0, len(season)
        expected, levels, trends, seasons = [], [], [], []
        for place, value in enumerate(values):
            before = season[place % size] if size else 0.0
            damped = self.phi * trend
            said = level + damped + before
            error = value - said
            level += damped + self.alpha * error
            trend = damped + beta * error
            if size:
                season[place % size] = before + gamma * error
                seasons.append(season[place % size])
            expected.append(said)
            levels.append(level)
            trends.append(trend)
        return expected, After(self, levels, trends, seasons)

    def error(self, values: Sequence[float]) -> float:
        """The sum of squared misses, one step ahead."""
        level, trend, season = self.level, self.trend, list(self.season)
        alpha, beta, gamma, phi, size = (
            self.alpha,
            self.beta or 0.0,
            self.gamma or 0.0,
            self.phi,
            len(season),
        )
        total = 0.0
        for place, value in enumerate(values):
            damped = phi * trend
            at = place % size if size else 0
            before = season[at] if size else 0.0
            error = value - level - damped - before
            total += error * error
            level += damped + alpha * error
            trend = damped + beta * error
            if size:
                season[at] = before + gamma * error
        return total


class After:
    """What is known after each value."""

    def __init__(self, begun: Smoothing, levels: list[float], trends: list[float], seasons: list[float]):
        self.begun = begun
        self.levels, self.trends = np.array(levels), np.array(trends)
        self.seasons = np.r_[np.array(begun.season), np.array(seasons)]

    def forecasts(self, origins: np.ndarray, steps: int) -> np.ndarray:
        """The next values after each of these places, [origins, steps]."""
        ahead = np.arange(1, steps + 1)
        damped = np.cumsum(self.begun.phi**ahead)
        said = self.levels[origins][:, None] + self.trends[origins][:, None] * damped[None, :]
        size = len(self.begun.season)
        if size:
            # The season's number for a step was last changed whole seasons before it.
            latest = origins[:, None] + ahead[None, :] - size * -(-ahead // size)[None, :]
            said = said + self.seasons[latest + size]
        return said


def fitted(values: np.ndarray, season: int) -> Smoothing:
    """The smoothing that foretells the values best, one step ahead, with as few parts as are worth it (AICc).

    Source: Hyndman et al., "A state space framework for automatic forecasting using exponential smoothing methods",
        Int. J. Forecasting 18 (2002); the beginning as in Hyndman and Athanasopoulos, 2nd edition, section 7.
    """
    values = np.asarray(values, np.float64)[-MOST_STEPS:]
    seasonal = 1 < season <= LONGEST_SEASON and len(values) >= 2 * season + 5
    found = [
        _best(values, trended, season if with_season else 1)
        for trended, with_season in product((False, True), (False, True) if seasonal else (False,))
    ]
    return min(found, key=lambda pair: pair[0])[1]


def _best(values: np.ndarray, trended: bool, season: int) -> tuple[float, Smoothing]:
    from scipy.optimize import minimize  # noqa: PLC0415 - gate to a heavy library

    begin = _beginning(values, trended, season)
    plain = values.tolist()
    first = [0.3, *([0.05 / 0.3, 0.9] if trended else []), *([0.1] if season > 1 else [])]
    limits = [
        (TINY, 1 - TINY),
        *([(TINY, 1 - TINY), DAMPING] if trended else []),
        *([(TINY, 1 - TINY)] * (season > 1)),
    ]

    def made(numbers: Sequence[float]) -> Smoothing:
        alpha, *rest = (float(number) for number in numbers)
        beta, phi = (alpha * rest[0], rest[1]) if trended else (None, 1.0)
        gamma = (1 - alpha) * rest[-1] if season > 1 else None
        return Smoothing(alpha, begin.level, beta, gamma, phi, begin.trend, begin.season)

    done = minimize(
        lambda numbers: made(numbers).error(plain), first, method="Nelder-Mead", bounds=limits,
        options={"maxfev": 60 * len(first), "xatol": 1e-3, "fatol": 1e-6 * max(float(values.var()), 1e-12)},
    )  # fmt: skip
    count, rows = len(first) + 2 + trended + (season if season > 1 else 0), len(values)
    fit = rows * np.log(max(done.fun, 1e-300) / rows) + 2 * count
    return float(fit + 2 * count * (count + 1) / max(rows - count - 1, 1)), made(done.x)


def _beginning(values: np.ndarray, trended: bool, season: int) -> Smoothing:
    """Level, trend and season as the first two seasons show them."""
    if season > 1:
        first, second = values[:season].mean(), values[season : 2 * season].mean()
        trend = (second - first) / season if trended else 0.0
        line = trend * (np.arange(season) - (season - 1) / 2)
        shape = values[:season] - first - line
        return Smoothing(
            0.3, float(first - trend * (season + 1) / 2), trend=float(trend), season=tuple(shape.tolist())
        )
    some = values[: min(10, len(values))]
    slope = float(np.polyfit(np.arange(len(some)), some, 1)[0]) if trended and len(some) > 2 else 0.0
    return Smoothing(0.3, float(some[0] - slope if trended else some.mean()), trend=slope)
