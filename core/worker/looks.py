"""How what a layer gives for one row is shown: as bars, grid, maps, image or tokens, small enough for a page."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from core import tokens

MOST_VALUES = 4_096
MOST_MAPS = 16
MOST_SIDE = 64
MOST_SCORES = 16_384  # attention scores of all heads together


def look(values: np.ndarray, codes: bool = False, picture: bool = False) -> dict[str, Any]:
    """The fields `look`, `shape`, `shown`, `values`, `low` and `high` of a preview.

    Args:
        values: What one layer gives for one row, in its own shape.
        codes: Whether these are codes of categories or words.
        picture: Whether it comes in from the data, so that three channels are colours.
    """
    shape = values.shape
    if codes:
        kind, shown = "tokens", values.reshape(-1)[:MOST_VALUES]
    elif values.ndim <= 1:
        kind, shown = "bars", values.reshape(-1)[:MOST_VALUES]
    elif values.ndim == 3:
        is_image = picture and shape[2] in (1, 3)
        kind, shown = "image" if is_image else "maps", _maps(values)
    else:
        kind, shown = "grid", _smaller(values.reshape(shape[0], -1), MOST_SIDE)
    return {
        "look": kind,
        "shape": list(shape),
        "shown": list(shown.shape),
        "values": rounded(shown),
        "low": _number(values.min()),
        "high": _number(values.max()),
    }


def attention(scores: np.ndarray) -> dict[str, Any]:
    """The scores [heads, queries, keys] of one row; of long ones the first places, where each head begins to read."""
    heads = min(len(scores), MOST_MAPS)
    most = int((MOST_SCORES // heads) ** 0.5)
    shown = scores[:heads, :most, :most]
    return {"heads": heads, "size": list(shown.shape[1:]), "values": rounded(shown)}


def rounded(values: np.ndarray) -> list[float]:
    """Flattened, with four digits: more cannot be seen. What is no number is told as zero."""
    flat = np.nan_to_num(values.astype(np.float64).reshape(-1), nan=0.0, posinf=0.0, neginf=0.0)
    return [float(f"{value:.4g}") for value in flat]


def _number(value: Any) -> float:
    return float(f"{np.nan_to_num(float(value), nan=0.0, posinf=0.0, neginf=0.0):.4g}")


def _maps(values: np.ndarray) -> np.ndarray:
    """The first maps [height, width, maps], each averaged to fewer points until all fit."""
    kept = values[:, :, :MOST_MAPS]
    side = min(MOST_SIDE, int((MOST_VALUES // kept.shape[2]) ** 0.5))
    return _smaller(kept, side)


def _smaller(values: np.ndarray, side: int) -> np.ndarray:
    """The first two sides averaged in equal pieces until each has at most `side` places."""
    for axis in (0, 1):
        size = values.shape[axis]
        if size > side:
            step = -(-size // side)
            starts = np.arange(0, size, step)
            counts = np.diff([*starts, size])
            forms = [-1 if place == axis else 1 for place in range(values.ndim)]
            values = np.add.reduceat(values, starts, axis=axis) / counts.reshape(forms)
    return values


def feature_names(recipes: Mapping[str, Any], part: str) -> list[str]:
    """What each number of a part of the rows is made from: the column, and what of it."""
    names = []
    for column in recipes["columns"]:
        if column["input"] == part:
            names += [f"{column['column']}{end}" for f in column["features"] for end in _ends(f)]
    return names


def _ends(feature: Mapping[str, Any]) -> list[str]:
    """Endings in signs and the data's own words, which need no translation."""
    part = f" · {feature['part']}" if "part" in feature else ""
    if feature["make"] == "bins":
        edges = [f"{edge:.4g}" for edge in feature["edges"]]
        return [f"{part} · {low}…{high}" for low, high in pairwise(edges)]
    if feature["make"] == "cycle":
        return [f"{part} · sin", f"{part} · cos"]
    return [f"{part} · ∅"] if feature["make"] == "missing" else [part]


def code_names(recipes: Mapping[str, Any], part: str, codes: Sequence[int]) -> list[str]:
    """The column and value that each code stands for; a value never seen in training is a question mark."""
    known: dict[int, str] = {}
    for column in recipes["columns"]:
        if column["input"] == part and "start" in column:
            known[column["start"]] = f"{column['column']}: ?"
            for place, value in enumerate(column["features"][0]["values"], start=column["start"] + 1):
                known[place] = f"{column['column']}: {value or '∅'}"
        elif column["input"] == part and column["features"][0]["make"] == "tokens":
            return [f"“{word}”" if word else "∅" for word in tokens.words(column["features"][0], codes)]
    return [known.get(int(code), "?") for code in codes]
