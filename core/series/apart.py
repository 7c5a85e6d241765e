"""Which windows train, which validate and which are kept apart: by time, and no window reaches into a later side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import DataError
from core.goal import Split
from core.words import mark

FEWEST_WINDOWS = 8
MOST = {"train": 40_000, "validation": 5_000, "test": 10_000}
MOST_NUMBERS = 60_000_000  # in the training windows
KNOWN = 0.5  # of a training window's answers that the table has to tell

Origins = list[tuple[int, np.ndarray]]


@dataclass(frozen=True)
class Edges:
    """The first step of validation, the first one of the test, and the one after the last."""

    validation: int
    test: int
    end: int


@dataclass(frozen=True)
class Sides:
    """For each side: of which grid, and after which of its places a forecast is made."""

    train: Origins
    validation: Origins
    test: Origins

    def __getitem__(self, side: str) -> Origins:
        return getattr(self, side)

    def count(self, side: str) -> int:
        """Windows of the side."""
        return sum(len(origins) for _, origins in self[side])


def edges_of(first: int, end: int, steps: int, split: Split) -> Edges:
    """Where the sides meet: as the shares say, but each side holds at least one whole forecast.

    Raises:
        DataError: If too little time is left to learn from.
    """
    long = end - first
    test = max(round(long * split.test), steps)
    validation = max(round(long * split.validation), steps)
    if long - test - validation < steps + FEWEST_WINDOWS:
        raise DataError(
            mark("The series has {long:,} steps, too few to learn {steps:,} steps ahead and to test it on others.",
                 long=long, steps=steps),
            mark("Ask for {fewer:,} steps at most, or bring a longer history.", fewer=max(1, (long - 10) // 4)),
        )  # fmt: skip
    return Edges(end - test - validation, end - test, end)


def divided(made: Mapping[str, Any], grids: Sequence[Mapping[str, Any]], edges: Edges) -> Sides:
    """The windows of each side, evenly fewer where there are too many.

    The answers of a window all lie within its side. What it looks back at may lie in an earlier one: it was known by then.
    """
    series = made["series"]
    steps, begin = series["steps"], max(series["season"], series["back"] // 2) - 1
    limits = {
        "train": (-(2**62), edges.validation),
        "validation": (edges.validation, edges.test),
        "test": (edges.test, edges.end),
    }
    found: dict[str, Origins] = {side: [] for side in limits}
    for number, grid in enumerate(grids):
        size, first = len(grid["values"]), grid["first"]
        for side, (low, high) in limits.items():
            least = max(begin if side == "train" else 0, low - 1 - first)
            origins = np.arange(least, min(size, high - first) - steps)
            found[side].append((number, origins[_told(grid, origins, steps)]))
    cells = sum(np.prod(part["shape"]) for part in made["inputs"].values())
    most = {**MOST, "train": int(min(MOST["train"], MOST_NUMBERS // cells))}
    return Sides(**{side: _fewer(origins, most[side]) for side, origins in found.items()})


def _told(grid: Mapping[str, Any], origins: np.ndarray, steps: int) -> np.ndarray:
    """Which windows have enough answers that are no filled gaps."""
    if not len(origins):
        return np.zeros(0, bool)
    sums = np.r_[0, np.cumsum(grid["known"])]
    return sums[origins + 1 + steps] - sums[origins + 1] >= KNOWN * steps


def _fewer(origins: Origins, most: int) -> Origins:
    total = sum(len(some) for _, some in origins)
    every = -(-total // most) if total else 1
    return [(number, some[::-1][::every][::-1]) for number, some in origins if len(some)]


def check(sides: Sides) -> None:
    """Raises DataError where a side is left without windows."""
    if sides.count("train") < FEWEST_WINDOWS or not sides.count("validation") or not sides.count("test"):
        raise DataError(
            mark(
                "The series are too short, or have too many gaps, to learn so many steps ahead and to test it."
            ),
            mark("Ask for fewer steps ahead, or bring a longer history."),
        )
