"""Numbers in bins, kept by their place among the bins: two or three numbers a column instead of fifty.

A network reads a number as one share for each bin: 1 for those that it has passed, 0 for those ahead, and how far it
has come in its own. All of them follow from one number, the bin's place and the share passed in it; so many rows are
kept by that, and made wide when a step takes them. Four hundred thousand rows are then 30 MB instead of 900.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import recipes


@dataclass(frozen=True)
class Spread:
    """How kept numbers become what the network reads: `clip(kept[place] - begin, low, high)`.

    Args:
        place: Which of the kept numbers each one follows from, int32 [width].
        begin: What is taken away from it: the bin's own place, float32 [width].
        low: What it is at least, float32 [width].
        high: What it is at most, float32 [width].
    """

    place: np.ndarray
    begin: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def kept(self) -> int:
        """How many numbers a row is kept by."""
        return int(self.place[-1]) + 1

    def widen(self, kept: np.ndarray) -> np.ndarray:
        """What the network reads, float32 [..., width], of kept rows [..., kept]."""
        return np.clip(kept[..., self.place] - self.begin, self.low, self.high)


def spread(made: Mapping[str, Any], name: str) -> Spread:
    """How the kept numbers of this input are made wide.

    Args:
        made: The whole of `recipes.json`.
    """
    place, begin, low, high, kept = [], [], [], [], 0
    for recipe in made["columns"]:
        if recipe["input"] != name:
            continue
        for feature in recipe["features"]:
            count = recipes.width({"features": [feature]})
            if feature["make"] == "bins":
                lowest, highest = _ends(feature)
                place += [kept] * count
                begin += range(count)
                low += [lowest, *[0.0] * (count - 1)]
                high += [*[1.0] * (count - 1), highest]
                kept += 1
            else:
                place += range(kept, kept + count)
                begin += [0.0] * count
                low += [-np.inf] * count
                high += [np.inf] * count
                kept += count
    return Spread(np.array(place, np.int32), *(np.array(part, np.float32) for part in (begin, low, high)))


def encode_column(recipe: Mapping[str, Any], texts: Sequence[str]) -> np.ndarray:
    """What a column of numbers or dates is kept by, float32 [rows, kept]."""
    raw = recipes.read_values(texts, recipe["parse"])
    made = [
        _place(recipes.known_values(feature, raw, recipe["fill"]), feature)
        if feature["make"] == "bins"
        else recipes.number_feature(feature, raw, recipe["fill"])
        for feature in recipe["features"]
    ]
    return np.concatenate(made, axis=1).astype(np.float32)


def _place(values: np.ndarray, feature: Mapping[str, Any]) -> np.ndarray:
    """The bin's place and the share passed in it, [rows, 1]; the outer bins go on, as those of `recipes.bins` do."""
    edges = np.asarray(feature["edges"], np.float64)
    last = len(edges) - 2
    bin = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, last)
    place = bin + (values - edges[bin]) / np.diff(edges)[bin]
    lowest, highest = _ends(feature)
    return np.clip(place, lowest, last + highest)[:, None]


def _ends(feature: Mapping[str, Any]) -> tuple[float, float]:
    """The least that the first bin can say, and the most that the last one can."""
    return (0.0, 1.0) if feature.get("flat") else (recipes.LOWEST, recipes.HIGHEST)


class Wide:
    """Kept rows that look like the wide array: any part of it is made when it is asked for.

    Args:
        kept: float32 [rows, kept], as `encode_column` gives it for each column, side by side.
    """

    dtype = np.dtype(np.float32)

    def __init__(self, kept: np.ndarray, spread: Spread):
        self.kept, self.spread = kept, spread
        self.shape = (len(kept), len(spread.place))
        self.nbytes = kept.nbytes  # of what takes memory

    def __len__(self) -> int:
        return len(self.kept)

    def __getitem__(self, rows: Any) -> np.ndarray:
        return self.spread.widen(np.asarray(self.kept[rows]))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self[:] if dtype is None else self[:].astype(dtype)
