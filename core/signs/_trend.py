"""What a short, noisy row of numbers does: simple measures that a single odd value cannot turn around."""

from collections.abc import Sequence
from math import inf, isfinite
from statistics import median

SURE = 1.645  # one chance in twenty that a row without any trend looks like this
MOST = 40  # values that a trend is read from; longer rows are thinned evenly


def smooth(values: Sequence[float]) -> list[float]:
    """Each value replaced by the median of itself and its neighbours.

    Example:
        >>> smooth([5, 4, 9, 3, 2])
        [4.5, 5, 4, 3, 2.5]

    Source: Tukey, "Exploratory Data Analysis" (1977), chapter 7 (running medians of 3).
    """
    return [median(values[max(place - 1, 0) : place + 2]) for place in range(len(values))]


def thinned(values: Sequence[float], most: int = MOST) -> list[float]:
    """At most so many of the values, evenly chosen, the first and the last among them."""
    if len(values) <= most:
        return list(values)
    return [values[round(place * (len(values) - 1) / (most - 1))] for place in range(most)]


def trend(values: Sequence[float]) -> float:
    """How surely the values rise (positive) or fall (negative), as a deviate of the normal curve; 0 for too few.

    Source: Mann, "Nonparametric tests against trend", Econometrica 13 (1945); the variance of Kendall, "Rank
        Correlation Methods" (1975), with the correction for continuity.
    """
    row = thinned(values)
    count = len(row)
    if count < 4:
        return 0.0
    sum_of_signs = sum(
        (later > earlier) - (later < earlier)
        for place, earlier in enumerate(row)
        for later in row[place + 1 :]
    )
    spread = (count * (count - 1) * (2 * count + 5) / 18) ** 0.5
    nearer = max(abs(sum_of_signs) - 1, 0)
    return nearer / spread if sum_of_signs > 0 else -nearer / spread


def rises(values: Sequence[float]) -> bool:
    """Whether they surely rise, on the whole."""
    return trend(values) > SURE


def falls(values: Sequence[float]) -> bool:
    """Whether they surely fall, on the whole."""
    return trend(values) < -SURE


def last(values: Sequence[float], count: int = 3) -> float:
    """The median of the last values: where the row stands now."""
    return median(values[-count:]) if values else inf


def short(value: float) -> float:
    """A number with three digits that matter, whole where it is large.

    Example:
        >>> short(12345.6), short(0.43171)
        (12300, 0.432)
    """
    if not isfinite(value):
        return value
    rounded = float(f"{value:.3g}")
    return int(rounded) if rounded == int(rounded) and abs(rounded) < 1e15 else rounded
