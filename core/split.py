"""Which rows train, which validate and which are kept apart for the test."""

from collections.abc import Mapping

import numpy as np

from core.errors import DataError
from core.goal import Split
from core.words import mark

SIDES = ("train", "validation", "test")
FEWEST_ROWS = 10


def by_chance(rows: np.ndarray, classes: np.ndarray | None, how: Split) -> dict[str, np.ndarray]:
    """Divide by lot; where there are classes, each class by itself in the same shares.

    A class with a single row trains: nothing could be learned of it otherwise. `RandomState` is frozen by
    NumPy's policy, so the same seed gives the same rows on every machine and in every version.

    Args:
        rows: Row numbers to divide.
        classes: The class number of each of these rows, or None for an amount.
        how: Shares and seed.
    """
    random = np.random.RandomState(how.seed)
    groups = [rows] if classes is None else [rows[classes == c] for c in np.unique(classes)]
    # Rounding each class by itself would starve small sides, so what is cut off is carried to the next class.
    owed = {"test": 0.0, "validation": 0.0}
    sides: dict[str, list[np.ndarray]] = {side: [] for side in SIDES}
    for group in sorted(groups, key=len, reverse=True):
        left = random.permutation(group)
        for side, share in (("test", how.test), ("validation", how.validation)):
            wanted = len(group) * share + owed[side]
            taken = int(min(np.floor(wanted + 0.5), max(len(left) - 1, 0)))
            owed[side] = wanted - taken
            sides[side].append(left[:taken])
            left = left[taken:]
        sides["train"].append(left)
    return {side: np.sort(np.concatenate(parts)).astype(np.int64) for side, parts in sides.items()}


def by_time(rows: np.ndarray, moments: np.ndarray, how: Split) -> dict[str, np.ndarray]:
    """Divide by time: the latest rows test, those before them validate; rows without a date train."""
    order = rows[np.argsort(np.where(np.isnan(moments), -np.inf, moments), kind="stable")]
    test = max(1, round(len(rows) * how.test))
    validation = max(1, round(len(rows) * how.validation))
    ends = [len(rows) - test - validation, len(rows) - test]
    return {side: np.sort(part) for side, part in zip(SIDES, np.split(order, ends), strict=True)}


def check_enough(rows: int, target: str) -> None:
    """Raises DataError where too few rows have an answer to be divided at all."""
    if rows < FEWEST_ROWS:
        raise DataError(
            mark("Only {count} row has an answer in “{target}”.",
                 plural="Only {count} rows have an answer in “{target}”.", count=rows, target=target),
            mark("Bring at least {count}, better some hundreds, or choose another target.", count=FEWEST_ROWS),
        )  # fmt: skip


def check(sides: Mapping[str, np.ndarray], target: str) -> None:
    """Raises DataError where a side is left without rows."""
    empty = [side for side in SIDES if not len(sides[side])]
    if empty:
        total = sum(len(rows) for rows in sides.values())
        label = {"train": mark("training"), "validation": mark("validation"), "test": mark("test")}[empty[0]]
        raise DataError(
            mark("The {total:,} rows with an answer in “{target}” leave no {side} rows.",
                 total=total, target=target, side=label),
            mark("Give the {side} rows a larger share, or bring more rows.", side=label),
        )  # fmt: skip
