"""Free text: sentences that people wrote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import pieces, tokenizers, tokens
from core.columns._evidence import ColumnText, Guess
from core.pretrained import sentence_encoder
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
MOST_COUNTED, MOST_COUNTED_LONG = 20_000, 100_000  # pieces of short and of long texts that are counted
MOST_IN_A_TEXT = 1_024
LONG = 500  # letters from which on half of the texts are long: of these, only words and pairs of words are looked at
COVERED, STEP = 0.95, 8  # share of the texts whose pieces are all counted; multiples are laid out better
MEASURED, MOST_READ = (
    10_000,
    128,
)  # texts that tell how long they are; tokens that the sentence encoder reads of one
LEAST_ROWS = 3  # in which a piece occurs, so that it is more than one author's slip
FEW = 2_000  # texts, of which every piece is counted


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
    return _pieces(_Met.of(texts, parse, target), parse, column)


def every_way(
    texts: Sequence[str],
    parse: dict[str, Any],
    column: str,
    target: np.ndarray,
    tokenizer: str = "",
    unanswered: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """The recipe as `fit` gives it, then the views: other ways to read the same column, each an input of its own that is
    made only when a network reads it.

    Args:
        tokenizer: An item of the shelf `core.tokenizers`; by itself, what suits the texts.
        unanswered: Texts of rows that have no answer. Where they are the most, their words are known as well, because a
            network may learn the language before the answers; where they are not, such words would only be noise.

    Returns:
        Views have `view`, what the input is called after the column, its `shape`, and `vocabulary`, how many codes there are.
    """
    met = _Met.of(texts, parse, target)
    told = {"column": column, "kind": "text", "parse": dict(parse)}
    more = read_values(list(unanswered), parse) if len(unanswered) > len(texts) else []
    views = (_tokens([*met.texts, *more], tokenizer), _counts(met), *meaning(met.texts))
    return [_pieces(met, parse, column), *({**told, **view} for view in views)]


def meaning(texts: Sequence[str]) -> list[dict[str, Any]]:
    """As the pretrained sentence encoder reads it, where its files lie on this machine."""
    if sentence_encoder.find() is None:
        return []
    feature = {"make": "tokens", "known": "sentence_encoder"}
    some = texts[:: -(-len(texts) // MEASURED)] if texts else texts
    found = tokens.lengths(feature, some)
    covered = np.quantile(found, COVERED) if len(found) else 0
    length = int(np.clip(-(-covered // STEP) * STEP, STEP, MOST_READ))
    return [{
        "features": [{**feature, "length": length}], "view": "meaning", "shape": [length],
        "vocabulary": tokens.vocabulary(feature | {"length": length}),
    }]  # fmt: skip


@dataclass(frozen=True)
class _Met:
    """What was met in the texts that decide.

    Args:
        texts: These texts.
        rows: How many rows there are in all.
        rows_each: In how many of the texts each piece occurs, [pieces.NUMBERS].
        often: The pieces that come back.
        worth: What each of these tells about the answers.
        luck: What it tells about the same answers dealt out anew; None without answers.
        letters: Whether runs of letters are pieces too, see `core.pieces`.
    """

    texts: list[str]
    rows: int
    rows_each: np.ndarray
    often: np.ndarray
    worth: np.ndarray
    luck: np.ndarray | None
    letters: bool

    @classmethod
    def of(cls, texts: Sequence[str], parse: dict[str, Any], target: np.ndarray | None) -> "_Met":
        rows = _looked_at(len(texts))
        some = read_values([texts[row] for row in rows], parse)
        of = np.zeros(len(rows), int) if target is None else np.unique(target[rows], return_inverse=True)[1]
        dealt = np.random.RandomState(1).permutation(of)
        letters = not some or float(np.median([len(text) for text in some])) < LONG
        counts, by_chance = _occurrences(some, (of, dealt), letters)
        rows_each = counts.sum(axis=0)
        often = np.flatnonzero(rows_each >= (1 if len(some) <= FEW else LEAST_ROWS))
        if not len(often):
            often = np.zeros(
                1, int
            )  # nothing comes back: one piece, so that the network has something to read
        if len(counts) < 2:
            return cls(some, len(texts), rows_each, often, rows_each[often], None, letters)
        worth, luck = (_chi_square(seen[:, often], np.bincount(of)) for seen in (counts, by_chance))
        return cls(some, len(texts), rows_each, often, worth, luck, letters)

    def best(self, most: int, doubtful: bool) -> dict[str, Any]:
        """At most so many pieces, those first that tell most; with those that may do so by luck, or without."""
        often, worth = self.often, self.worth
        if not doubtful:
            sure = self.rows_each[often] >= LEAST_ROWS
            sure[0] |= not sure.any()
            often, worth = often[sure], worth[sure]
            if self.luck is not None:
                often, worth = _telling(often, worth, self.luck[sure])
        known = often[np.argsort(-worth, kind="stable")[:most]]
        rare = 1 + np.log((1 + len(self.texts)) / (1 + self.rows_each[known]))
        told = {} if self.letters else {"letters": False}
        return {"known": known.tolist(), "weights": np.round(rare, 3).tolist(), **told}


def _pieces(met: _Met, parse: dict[str, Any], column: str) -> dict[str, Any]:
    most = next(count for limit, count in MOST_PIECES if limit is None or met.rows <= limit)
    feature = {"make": "pieces", **met.best(most, doubtful=False)}
    return {"column": column, "kind": "text", "input": INPUT, "parse": dict(parse), "features": [feature]}


def _counts(met: _Met) -> dict[str, Any]:
    """Far more pieces than `_pieces` sees, of which a text holds few: each text is a list of those."""
    most = MOST_COUNTED if met.letters else MOST_COUNTED_LONG
    feature = {"make": "counts", **met.best(most, doubtful=True)}
    known = np.zeros(pieces.NUMBERS, bool)
    known[feature["known"]] = True
    held = np.concatenate([_held(some, known, met.letters) for _, some in pieces.stretches(met.texts)])
    feature["most"] = int(np.clip(-(-np.quantile(held, COVERED) // STEP) * STEP, STEP, MOST_IN_A_TEXT))
    return {
        "features": [feature], "view": "counts", "shape": [feature["most"], 2],
        "vocabulary": 1 + len(feature["known"]),
    }  # fmt: skip


def _held(texts: Sequence[str], known: np.ndarray, letters: bool) -> np.ndarray:
    """How many different known pieces each text holds."""
    rows, numbers = pieces.pieces(texts, letters)
    seen = known[numbers]
    cells, _ = pieces.different(rows[seen] * pieces.NUMBERS + numbers[seen])
    return np.bincount(cells // pieces.NUMBERS, minlength=len(texts))


def _tokens(texts: Sequence[str], tokenizer: str) -> dict[str, Any]:
    made = tokenizers.SHELF[tokenizer or tokenizers.suggest(texts)].fit(texts, tokenizers.most_for(texts))
    length = tokenizers.length_for(made, texts)
    feature = {"make": "tokens", "tokenizer": made, "length": length}
    return {
        "features": [feature],
        "view": "tokens",
        "shape": [length],
        "vocabulary": tokens.vocabulary(feature),
    }


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


def _looked_at(count: int) -> np.ndarray:
    """The rows that decide, of so many."""
    if count <= LOOKED_AT:
        return np.arange(count)
    return np.sort(np.random.RandomState(1).permutation(count)[:LOOKED_AT])


def _occurrences(texts: Sequence[str], groupings: Sequence[np.ndarray], letters: bool) -> list[np.ndarray]:
    """In how many texts of each group each piece occurs, [groups, pieces.NUMBERS], for each way to group the texts."""
    made = [np.zeros((int(of.max(initial=0)) + 1, pieces.NUMBERS), np.int32) for of in groupings]
    for at, some in pieces.stretches(texts):
        rows, numbers = pieces.pieces(some, letters)
        rows, numbers = np.divmod(pieces.different(rows * pieces.NUMBERS + numbers)[0], pieces.NUMBERS)
        for counts, of in zip(made, groupings, strict=True):
            cells, times = pieces.different(of[at + rows] * pieces.NUMBERS + numbers)
            counts.reshape(-1)[cells] += times.astype(counts.dtype)
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
