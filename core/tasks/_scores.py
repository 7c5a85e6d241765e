"""Measures of quality as plain arithmetic, each for many weightings of the rows at once.

Every measure takes `weights` [draws, rows], how often each row counts, and answers one number a draw. Ones give
the measure itself; random counts give its bootstrap, so both come from the same line.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core.words import mark

Array = np.ndarray
Scores = dict[str, Array]
TINY = 1e-7
MOST_CELLS = 4_000_000
CALIBRATION_BINS = 15
ECE_WORDS = (
    mark("Percentages off by (ECE)"),
    mark("How far what it says lies from how often that comes true, on average: 0.02 is 2 points of 100. Smaller is better."),
)  # fmt: skip
NORMAL_95 = 1.959964  # 95 % of a normal curve lie within so many spreads


def mean(values: Array, weights: Array) -> Array:
    """The weighted mean of a value per row, such as being right (accuracy)."""
    return weights @ values.astype(np.float64) / weights.sum(1)


def log_loss(chances: Array, truth: Array, weights: Array) -> Array:
    """How surprised the answers were by the truth; `chances` [rows, classes], `truth` class numbers."""
    given = np.clip(chances[np.arange(len(truth)), truth].astype(np.float64), TINY, 1.0)
    return mean(-np.log(given), weights)


def calibration_error(sure: Array, right: Array, weights: Array) -> Array:
    """How far what was said lies from what came true, on average over rows: the expected calibration error (ECE).

    Rows are put together by what was said, in 15 bins of equal width.

    Args:
        sure: The chance that was given to something, [rows].
        right: Whether that came true, [rows].

    Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, equation 3.
    """
    sure = np.nan_to_num(sure.astype(np.float64))
    place = np.searchsorted(np.linspace(0, 1, CALIBRATION_BINS + 1)[1:-1], sure)
    gaps = np.zeros((len(sure), CALIBRATION_BINS))
    gaps[np.arange(len(sure)), place] = right - sure
    return np.abs(weights @ gaps).sum(1) / weights.sum(1)


def tied(scores: Array, positive: Array, weights: Array) -> tuple[Array, Array]:
    """Weight of positive and of other rows at each different score, lowest first: [draws, scores] each."""
    order = np.argsort(scores, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(scores[order]) != 0])
    ordered = weights[:, order]
    every = np.add.reduceat(ordered, starts, axis=1)
    good = np.add.reduceat(ordered * positive[order].astype(np.float64), starts, axis=1)
    return good, every - good


def roc_auc(good: Array, bad: Array) -> Array:
    """How often a positive row is ranked above another one; NaN where a draw holds only one of the two.

    Args:
        good: Of `tied`, as is `bad`.

    Source: Fawcett, "An introduction to ROC analysis", Pattern Recognition Letters 27 (2006), section 7.
    """
    below = np.cumsum(bad, axis=1) - bad
    pairs = good.sum(1) * bad.sum(1)
    wins = (good * (below + bad / 2)).sum(1)
    return np.divide(wins, pairs, out=np.full(len(wins), np.nan), where=pairs > 0)


def average_precision(good: Array, bad: Array) -> Array:
    """Precision at every positive row, averaged; as scikit-learn's, without interpolation.

    Args:
        good: Of `tied`, as is `bad`.
    """
    good, bad = good[:, ::-1], bad[:, ::-1]
    found, taken = np.cumsum(good, 1), np.cumsum(good + bad, 1)
    precision = np.divide(found, taken, out=np.zeros_like(found), where=taken > 0)
    total = good.sum(1)
    return np.divide((precision * good).sum(1), total, out=np.full(len(total), np.nan), where=total > 0)


def per_class(predicted: Array, truth: Array, classes: int, weights: Array) -> tuple[Array, Array, Array]:
    """Weights that were right, were predicted and are true, for each class: [draws, classes] each."""
    draws = len(weights)
    begin = np.arange(draws)[:, None] * classes  # of each draw's classes among all that are counted

    def counted(rows: Array, given: Array) -> Array:
        sums = np.bincount((begin + rows).ravel(), given.ravel(), draws * classes)
        return sums.reshape(draws, classes)

    return (
        counted(truth, weights * (predicted == truth)),
        counted(predicted, weights),
        counted(truth, weights),
    )


def f1(right: Array, predicted: Array, true: Array) -> Array:
    """The harmonic mean of precision and recall; 0 where the class neither occurs nor is predicted."""
    total = predicted + true
    return np.divide(2 * right, total, out=np.zeros_like(right), where=total > 0)


def r2(truth: Array, predicted: Array, weights: Array) -> Array:
    """The share of the differences between rows that is explained: 1 is perfect, 0 as good as the mean."""
    count = weights.sum(1)
    centred = truth - truth.mean()
    spread = weights @ centred**2 - (weights @ centred) ** 2 / count
    missed = weights @ (truth - predicted) ** 2
    return 1 - np.divide(missed, spread, out=np.full(len(missed), np.nan), where=spread > 0)


def quadratic_kappa(truth: Array, predicted: Array, weights: Array) -> Array:
    """Agreement of class numbers beyond chance, each miss weighted by the square of its steps; 1 is perfect.

    Source: Cohen, "Weighted kappa", Psychological Bulletin 70 (1968).
    """
    count = weights.sum(1)
    true, said, true2, said2, missed = (
        weights @ values / count
        for values in (truth, predicted, truth**2, predicted**2, (truth - predicted) ** 2)
    )
    by_chance = true2 + said2 - 2 * true * said
    return 1 - np.divide(missed, by_chance, out=np.full(len(missed), np.nan), where=by_chance > TINY)


def pinball(truth: Array, quantiles: Array, shares: tuple[float, ...]) -> Array:
    """The pinball loss of each row [rows], averaged over its quantiles [rows, shares].

    Source: Koenker and Bassett, "Regression Quantiles", Econometrica 46 (1978).
    """
    missing, below = truth[:, None] - quantiles, np.asarray(shares)
    return np.maximum(below * missing, (below - 1) * missing).mean(1)


def poisson_deviance(truth: Array, predicted: Array) -> Array:
    """How far each count [rows] lies from what was said, by the measure that suits counts: 0 where it is hit.

    Source: Nelder and Wedderburn, "Generalized Linear Models", J. R. Stat. Soc. A 135 (1972).
    """
    predicted = np.maximum(predicted, TINY)
    return 2 * (truth * np.log(np.maximum(truth, TINY) / predicted) - truth + predicted)


def d2_poisson(truth: Array, predicted: Array, weights: Array) -> Array:
    """The share of the Poisson deviance that is explained: 1 is perfect, 0 as good as the mean."""
    count = weights.sum(1)
    mean_count = weights @ truth / count
    surprise = weights @ (truth * np.log(np.maximum(truth, TINY)))
    # Of always saying the mean, whose distances add up to nothing.
    guessed = 2 * (surprise - count * mean_count * np.log(np.maximum(mean_count, TINY)))
    missed = weights @ poisson_deviance(truth, predicted)
    return 1 - np.divide(missed, guessed, out=np.full(len(missed), np.nan), where=guessed > TINY)


def once(score: Callable[[Array], Scores], rows: int) -> dict[str, float]:
    """Each measure with every row counted once."""
    return {name: float(values[0]) for name, values in score(np.ones((1, rows))).items()}


def intervals(
    score: Callable[[Array], Mapping[Any, Array]],
    rows: int,
    *,
    draws: int = 1000,
    share: float = 0.95,
    seed: int = 1,
) -> dict[Any, tuple[float, float]]:
    """Where each measure would lie on other rows of the same kind: the middle `share` of the bootstrap.

    Above 20,000 rows fewer draws are made (at least 200), since the interval is narrow there anyway.

    Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13 (percentile interval).
    """
    random = np.random.RandomState(seed)
    left = draws if rows <= 20_000 else max(200, draws * 20_000 // rows)
    step = max(1, MOST_CELLS // rows)
    made: dict[str, list[Array]] = {}
    while left > 0:
        now = min(step, left)
        picked = random.randint(0, rows, size=(now, rows)) + np.arange(now)[:, None] * rows
        weights = np.bincount(picked.ravel(), minlength=now * rows).reshape(now, rows).astype(np.float64)
        for name, values in score(weights).items():
            made.setdefault(name, []).append(values)
        left -= now
    edges = [(1 - share) / 2 * 100, (1 + share) / 2 * 100]
    return {name: _between(np.concatenate(values), edges) for name, values in made.items()}


def share_interval(share: float, rows: int) -> tuple[float, float]:
    """The 95 % interval of a share of rows; unlike the bootstrap's, it has a width where all rows or none count.

    Example:
        >>> [round(edge, 3) for edge in share_interval(1.0, 52)]
        [0.931, 1.0]

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    z2 = NORMAL_95**2
    middle = (share + z2 / (2 * rows)) / (1 + z2 / rows)
    half = NORMAL_95 / (1 + z2 / rows) * (share * (1 - share) / rows + z2 / (4 * rows**2)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def _between(values: Array, edges: list[float]) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    if not len(known):
        return (float("nan"), float("nan"))
    low, high = np.percentile(known, edges)
    return float(low), float(high)
