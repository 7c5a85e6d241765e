"""Numbers: amounts, counts and measurements."""

from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np

from core.columns._evidence import ColumnText, Guess, shown
from core.columns._numbers import NOT_KNOWN, is_code
from core.errors import DataError
from core.recipes import read_values
from core.words import mark

LABEL = mark("Number")
HELP = mark("An amount, a count or a measurement: more or less of it means something.")
ICON = ":material/tag:"
INPUT = "numbers"

# Words of a name whose numbers are names of things: 3 is not more than 2.
_CODE_WORDS = """
id ids code codes zip zipcode postcode postal pin plz class subclass pclass type category cat group cluster segment label season
weekday dayofweek dow channel region district status state country flag gender sex 邮编 类型 类别
"""
CODE_WORDS = frozenset(_CODE_WORDS.split())
_KNOTS, _EDGES = 200, 48
_ROWS_PER_EDGE = 100
_SWALLOWED = 0.75  # share of the edges that must be left different from each other


def guess(column: ColumnText) -> Guess | None:
    """Numbers, unless they are codes or only two."""
    numbers = column.numbers
    if not numbers.good:
        return None
    low, high = shown(numbers.known.min()), shown(numbers.known.max())
    if numbers.unreadable:
        reason = mark(
            "{count:,} of {total:,} values are numbers from {low} to {high}; the others, such as “{example}”, "
            "count as missing.",
            count=numbers.readable, total=column.filled, low=low, high=high, example=numbers.unreadable[0][0][:40],
        )  # fmt: skip
    elif column.distinct == 1:
        reason = mark("All {count:,} values are the number {low}.", count=numbers.readable, low=low)
    else:
        reason = mark(
            "All {count:,} values are numbers from {low} to {high}.",
            count=numbers.readable,
            low=low,
            high=high,
        )
    return Guess(0.35 if looks_like_codes(column) else 0.9, reason)


def looks_like_codes(column: ColumnText) -> bool:
    """Whether the numbers are names of things: two values, digits of one length, or a name such as `zip`."""
    if len(column.numbers.known) == 2 or is_code(column.values):
        return True
    return column.numbers.whole and bool(column.name_words & CODE_WORDS) and column.distinct > 1


def reading(texts: Iterable[str]) -> dict[str, Any]:
    """How the texts write their numbers.

    Raises:
        DataError: If fewer than half of the values are numbers.
    """
    column = ColumnText.of("", texts)
    numbers = column.numbers
    if numbers.readable < numbers.odd:
        example = next(text for text, _ in numbers.unreadable if text.lower() not in NOT_KNOWN)
        raise DataError(
            mark(
                "{count:,} of {total:,} values are not numbers, such as “{example}”.",
                count=numbers.odd, total=column.filled, example=example[:40],
            ),
            mark("Make the column a category, or take it out."),
        )  # fmt: skip
    return dict(numbers.parse)


def fit(texts: Sequence[str], parse: dict[str, Any], column: str, target: Any = None) -> dict[str, Any]:
    """The recipe of a number column: a bell-shaped version of it, its bins, and whether it is missing.

    Source: Gorishniy et al., "On Embeddings for Numerical Features in Tabular Deep Learning", NeurIPS 2022, 3.2.
    """
    values = read_values(texts, parse)
    known = values[~np.isnan(values)]
    features = _features(known)
    if len(known) < len(values) or not len(values):
        features.append({"make": "missing"})
    fill = float(np.median(known)) if len(known) else 0.0
    return {
        "column": column, "kind": "number", "input": INPUT, "parse": dict(parse), "fill": fill, "features": features,
    }  # fmt: skip


def _features(known: np.ndarray) -> list[dict[str, Any]]:
    distinct = np.unique(known)
    if len(distinct) < 2:
        mean = float(distinct[0]) if len(distinct) else 0.0
        return [{"make": "scale", "mean": mean, "scale": 1.0}]
    features = [bell(known)]
    edges = _quantile_edges(known, distinct)
    if len(edges) > 2:
        features.append({"make": "bins", "edges": edges})
    return features


def bell(known: np.ndarray) -> dict[str, Any]:
    """The step that bends the values' ranks into a bell curve with mean 0 and spread 1."""
    shares = np.linspace(0, 1, min(_KNOTS, max(2, len(known))))
    normal = NormalDist()
    scores = np.array([normal.inv_cdf(min(max(share, 0.00135), 0.99865)) for share in shares])
    x, place = np.unique(np.quantile(known, shares), return_inverse=True)
    if len(x) < 2:
        # Nearly all values are one: the quantiles see nothing else.
        x, place, scores = np.unique([known.min(), known.max()]), np.array([0, 1]), np.array([-1.0, 1.0])
    y = np.bincount(place, weights=scores) / np.bincount(place)
    made = np.interp(known, x, y)
    y = np.clip((y - made.mean()) / max(float(made.std()), 0.3), -4, 4)
    return {"make": "interpolate", "x": _floats(x), "y": _floats(y)}


def _quantile_edges(known: np.ndarray, distinct: np.ndarray) -> list[float]:
    most = int(min(_EDGES, max(2, len(known) // _ROWS_PER_EDGE)))
    if len(distinct) <= most:
        return _floats(distinct)
    edges = np.unique(np.quantile(known, np.linspace(0, 1, most)))
    if len(edges) < _SWALLOWED * most:
        edges = _edges_beside_frequent_values(known, most)
    return _floats(_apart(edges))


def _edges_beside_frequent_values(known: np.ndarray, most: int) -> np.ndarray:
    """Edges where a frequent value, such as zero, swallows most quantiles: it counts as one share and no more."""
    values, rows = np.unique(known, return_counts=True)
    rows = np.minimum(rows, len(known) / most)
    places = (np.cumsum(rows) - rows / 2) / rows.sum()
    return np.unique(np.interp(np.linspace(0, 1, most), places, values))


def _apart(edges: np.ndarray) -> np.ndarray:
    """The edges without those that lie so close that a division by their distance would overflow."""
    least = (edges[-1] - edges[0]) * 1e-9
    keep = np.concatenate([[True], np.diff(edges) > least])
    return edges[keep]


def _floats(values: np.ndarray) -> list[float]:
    return [float(v) for v in values]
