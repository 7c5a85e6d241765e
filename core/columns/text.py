"""Free text: sentences that people wrote."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from core import pieces
from core.columns._evidence import ColumnText, Guess
from core.recipes import read_values
from core.words import mark

LABEL = mark("Text")
HELP = mark(
    "Sentences that people wrote, such as a review or a remark: the network sees which words and parts of words occur."
)
ICON = ":material/notes:"
INPUT = "texts"

MOST_PIECES = ((20_000, 4_096), (100_000, 2_048), (None, 1_024))  # that are seen, up to so many rows
LOOKED_AT = 50_000  # rows that decide which
MOST_LUCK = 0.5  # share of the pieces that may tell something by chance alone
LEAST_ROWS = 3  # in which a piece occurs, so that it is more than one author's slip


def guess(column: ColumnText) -> Guess | None:
    """Long texts that hardly repeat."""
    if not column.distinct or column.numbers.good or column.dates:
        return None
    long = column.length >= 40 or (column.words >= 5 and column.length >= 25) or _wide(column) >= 6
    if not long or column.uniqueness < 0.3 or column.distinct < 3:
        return None
    reason = mark(
        "{distinct:,} different texts of {length:,} characters on average.",
        distinct=column.distinct, length=round(column.length),
    )  # fmt: skip
    # A path or an address is long and unique as well, but has no words.
    return Guess(0.88 if column.words >= 3 or _wide(column) >= 6 else 0.55, reason)


def _wide(column: ColumnText) -> float:
    """Characters of scripts that are written without spaces, such as Chinese, in an average value."""
    some = column.values[:500]
    return sum(1 for value in some for c in value if c >= "\u3040") / len(some)


def reading(texts: Iterable[str]) -> dict[str, Any]:
    return {"as": "text"}


def fit(
    texts: Sequence[str], parse: dict[str, Any], column: str, target: np.ndarray | None = None
) -> dict[str, Any]:
    """The recipe of a text column: the pieces whose occurrence says most about the answer, the best first.

    Args:
        target: The number of each row's answer, or of the stretch that it lies in; without it, frequent pieces are taken.
    """
    rows = np.arange(len(texts))
    if len(rows) > LOOKED_AT:
        rows = np.sort(np.random.RandomState(1).permutation(rows)[:LOOKED_AT])
    some = read_values([texts[row] for row in rows], parse)
    of = np.zeros(len(rows), int) if target is None else np.unique(target[rows], return_inverse=True)[1]
    dealt = np.random.RandomState(1).permutation(of)
    counts, by_chance = _occurrences(some, (of, dealt))
    rows_each = counts.sum(axis=0)
    often = np.flatnonzero(rows_each >= LEAST_ROWS)
    if not len(often):
        often = np.zeros(1, int)  # nothing comes back: one piece, so that the network has something to read
    if len(counts) < 2:
        worth = rows_each[often]
    else:
        worth, luck = (_chi_square(seen[:, often], np.bincount(of)) for seen in (counts, by_chance))
        often, worth = _telling(often, worth, luck)
    most = next(count for limit, count in MOST_PIECES if limit is None or len(texts) <= limit)
    known = often[np.argsort(-worth, kind="stable")[:most]]
    rare = 1 + np.log((1 + len(rows)) / (1 + rows_each[known]))
    feature = {"make": "pieces", "known": known.tolist(), "weights": np.round(rare, 3).tolist()}
    return {"column": column, "kind": "text", "input": INPUT, "parse": dict(parse), "features": [feature]}


def _telling(often: np.ndarray, worth: np.ndarray, luck: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pieces among which no more than `MOST_LUCK` owe what they tell to chance; at least the best one.

    Args:
        worth: What each piece tells about the answers.
        luck: What it tells about the same answers dealt out anew among the rows.

    Source: Storey and Tibshirani, "Statistical significance for genomewide studies", PNAS 100 (2003): the false discovery
    rate estimated from permutations.
    """
    order = np.argsort(-worth, kind="stable")
    false = len(luck) - np.searchsorted(np.sort(luck), worth[order], side="left")
    good = np.flatnonzero(false <= MOST_LUCK * np.arange(1, len(order) + 1))
    kept = order[: good[-1] + 1 if len(good) else 1]
    return often[kept], worth[kept]


def _occurrences(texts: Sequence[str], groupings: Sequence[np.ndarray]) -> list[np.ndarray]:
    """In how many texts of each group each piece occurs, [groups, pieces.NUMBERS], for each way to group the texts."""
    made = [np.zeros((int(of.max(initial=0)) + 1, pieces.NUMBERS), np.int32) for of in groupings]
    for at, some in pieces.stretches(texts):
        rows, numbers = pieces.pieces(some)
        rows, numbers = np.divmod(np.unique(rows * pieces.NUMBERS + numbers), pieces.NUMBERS)
        for counts, of in zip(made, groupings, strict=True):
            np.add.at(counts, (of[at + rows], numbers), 1)
    return made


def _chi_square(seen: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """How far each piece's occurrences in the groups are from what chance would give.

    Args:
        seen: Rows of each group in which a piece occurs, [groups, pieces].
        rows: Rows of each group.

    Source: Yang and Pedersen, "A Comparative Study on Feature Selection in Text Categorization", ICML 1997, section 2.
    """
    total, share = seen.sum(axis=0), (rows / rows.sum())[:, None]
    expected = total * share
    missing = (rows.sum() - total) * share
    off = (seen - expected) ** 2
    return (off / np.maximum(expected, 1e-9)).sum(axis=0) + (off / np.maximum(missing, 1e-9)).sum(axis=0)
