"""Would more rows help? A cheap stand-in learns from a part of the rows, then from more, and its curve is drawn on.

more_rows.json   in the run's folder: how good the stand-in is for each number of rows, and what twice as many would bring

The stand-in is a linear model on what the network reads: of texts their meaning (`core.pretrained.meaning`) where it is to be
had, else their pieces. Each draw takes other rows to learn from and to judge by; test rows take no part.

Sources: Figueroa et al., "Predicting sample size required for classification performance", BMC Medical Informatics and
Decision Making 12 (2012): an inverse power law, error(n) = a + b n^-c; the range comes from drawing the draws anew.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core import home
from core.words import Sentence, mark

FILE = "more_rows.json"
SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)
DRAWS = 8
JUDGED = 0.25  # share of the rows that judge in each draw
FEWEST = 40  # rows
MOST = 8_000
BENDS = tuple(np.arange(0.1, 1.25, 0.1))  # exponents of the power law that are tried
AGAIN = 300
HARDLY = 0.005  # gain in the share that is right, or explained, which nobody would notice
WORTH = 0.01

Learn = Callable[[np.ndarray, np.ndarray], float]
Progress = Callable[[float], None]


def measure(
    groups: np.ndarray | None, count: int, learn: Learn, progress: Progress = lambda share: None
) -> dict[str, Any]:
    """How good the stand-in is with more and more rows: their `sizes`, and `scores` [draws, sizes].

    Args:
        groups: Each row's class, so that every class keeps its share in each draw; None for amounts.
        count: How many rows there are.
        learn: From the rows that train and those that judge to how good it is, 1 at best.
    """
    random = np.random.RandomState(1)
    scores, sizes = [], [max(2, round(share * round((1 - JUDGED) * count))) for share in SHARES]
    for draw in range(DRAWS):
        order = dealt(groups, count, random)
        judge, train = order[: count - sizes[-1]], order[count - sizes[-1] :]
        row = []
        for number, size in enumerate(sizes):
            row.append(learn(train[:size], judge))
            progress((draw + (number + 1) / len(sizes)) / DRAWS)
        scores.append(row)
    return {"sizes": sizes, "scores": scores}


def dealt(groups: np.ndarray | None, count: int, random: np.random.RandomState) -> np.ndarray:
    """All rows in an order by lot in which every stretch holds each class in about its share of all rows."""
    order = random.permutation(count)
    if groups is None:
        return order
    place = np.empty(count)
    for group in np.unique(groups):
        rows = order[groups[order] == group]
        place[rows] = (np.arange(len(rows)) + random.uniform()) / len(rows)
    return np.argsort(place, kind="stable")


def foretold(sizes: Sequence[int], scores: Sequence[Sequence[float]], rows: int) -> dict[str, Any]:
    """What twice as many rows would bring the stand-in: the `gain`, with its `low` and `high` end, and the `curve`.

    Args:
        rows: From how many on, which may be more than the largest of the sizes.
    """
    errors, random = 1 - np.asarray(scores, np.float64), np.random.RandomState(1)
    best = _power_law(sizes, errors.mean(0))
    gains = []
    for _ in range(AGAIN):
        some = errors[random.randint(0, len(errors), len(errors))].mean(0)
        law = _power_law(sizes, some)
        gains.append(_at(law, rows) - _at(law, 2 * rows))
    low, high = np.quantile(gains, (0.025, 0.975))
    until = np.unique(np.geomspace(sizes[0], 2 * rows, 40).round().astype(int))
    return {
        "gain": _at(best, rows) - _at(best, 2 * rows), "low": float(low), "high": float(high), "rows": rows,
        "curve": {"rows": until.tolist(), "score": [1 - _at(best, size) for size in until.tolist()]},
    }  # fmt: skip


def _power_law(sizes: Sequence[int], errors: np.ndarray) -> tuple[float, float, float]:
    """The a, b and c of error(n) = a + b n^-c that come closest; none of them below zero, larger samples count for more."""
    from scipy.optimize import nnls  # noqa: PLC0415 - gate to a heavy library

    weights = np.sqrt(np.asarray(sizes, np.float64) / max(sizes))
    found = []
    for bend in BENDS:
        parts = np.stack([np.ones(len(sizes)), (np.asarray(sizes) / max(sizes)) ** -bend], 1)
        (floor, slope), off = nnls(parts * weights[:, None], errors * weights)
        found.append((off, floor, slope * max(sizes) ** bend, bend))
    _, floor, slope, bend = min(found)
    return float(floor), float(slope), float(bend)


def _at(law: tuple[float, float, float], rows: int) -> float:
    floor, slope, bend = law
    return floor + slope * rows**-bend


def told(found: Mapping[str, Any]) -> Sentence:
    """What the curve says in one plain sentence."""
    gain, low, high = (100 * found["next"][name] for name in ("gain", "low", "high"))
    if high < 100 * HARDLY:
        return mark("More rows of the same kind would hardly help: what is missing is not in their number.")
    if low < 0.1 and gain < 100 * WORTH:
        return mark(
            "Twice as many rows would bring {high:.0f} points of 100 at most, and perhaps nothing.",
            high=max(high, 1),
        )
    return mark(
        "Twice as many rows would bring about {gain:.1f} points of 100 (between {low:.1f} and {high:.1f}).",
        gain=gain, low=max(low, 0.0), high=high,
    )  # fmt: skip


def write(folder: Path, found: Mapping[str, Any]) -> None:
    """Keep what was found beside the run."""
    home.write_json(folder / FILE, found)


def read(folder: Path) -> dict[str, Any] | None:
    """What was found; None where nobody asked yet."""
    try:
        return home.read_json(folder / FILE)
    except FileNotFoundError:
        return None
