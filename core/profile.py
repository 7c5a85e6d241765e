"""A table becomes facts: rows, the kind of each column with the reason, what is missing, and what is worrying."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core import languages
from core.checks import SHELF as CHECKS
from core.columns import SHELF as KINDS
from core.columns import _contents
from core.columns._evidence import ColumnText, Guess
from core.recipes import read_values
from core.time_order import NAMES, follows, may_count_time
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

_BARS = 20
_TOP = 50
_EXAMPLES = 5
QUANTILES = (5, 25, 50, 75, 95)


@dataclass(frozen=True)
class ColumnFacts:
    """What is known about one column.

    Args:
        name: As in the table.
        kind: An item of the shelf `core.columns`.
        reason: Why it is taken for this kind.
        confidence: How sure that is, 0 to 1; 1 where the user said so.
        missing: Rows that are empty, or cannot be read as this kind.
        distinct: Different values, the empty one not counted.
        examples: A few values as they are written.
        summary: For a number `min`, `max`, `whole`, `mean`, `median`, `quantiles` (5, 25, 50, 75, 95 %), `histogram`
            (`edges`, `counts`) and `unreadable`; for a date `first`, `last`, `format`, `unsure`; for all others `top`, a list of
            [value, rows]. Numbers and dates have `ends`, see `_ends`. Where they are found: `persons` and `addresses` (marks of
            persons, and the share of texts with e-mail addresses), `damaged` ([rows, a text]) and `alike` (rows), see
            `core.columns._contents`. Where the table's rows follow it, `follows` says how, see `core.time_order`.
    """

    name: str
    kind: str
    reason: Sentence
    confidence: float
    missing: int
    distinct: int
    examples: tuple[str, ...]
    summary: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "reason": self.reason.to_json(), "examples": list(self.examples)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ColumnFacts":
        reason = Sentence.from_json(data["reason"])
        return cls(**{**data, "reason": reason, "examples": tuple(data["examples"])})


@dataclass(frozen=True)
class Worry:
    """Something about the table that the user should know.

    Args:
        check: The item of the shelf `core.checks` that found it.
        column: The column, or empty where it is the whole table.
        level: `"info"` or `"warning"`.
        what: What is the matter.
        fix: What to do about it, or what was done.
        remedy: What a click does about it: `"leave_out"` takes the column out of what answers are made from; "" for nothing.
    """

    check: str
    column: str
    level: str
    what: Sentence
    fix: Sentence
    remedy: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "what": self.what.to_json(), "fix": self.fix.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Worry":
        return cls(
            **{**data, "what": Sentence.from_json(data["what"]), "fix": Sentence.from_json(data["fix"])}
        )


@dataclass(frozen=True)
class Profile:
    """What is known about a table; `repeated` counts rows that are equal to an earlier one."""

    rows: int
    columns: tuple[ColumnFacts, ...]
    worries: tuple[Worry, ...] = ()
    repeated: int = 0

    def column(self, name: str) -> ColumnFacts:
        """The facts about one column. Raises KeyError where there is none."""
        for facts in self.columns:
            if facts.name == name:
                return facts
        raise KeyError(name)

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each column."""
        return {facts.name: facts.kind for facts in self.columns}

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "repeated": self.repeated,
            "columns": [facts.to_json() for facts in self.columns],
            "worries": [worry.to_json() for worry in self.worries],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Profile":
        return cls(
            rows=data["rows"],
            columns=tuple(map(ColumnFacts.from_json, data["columns"])),
            worries=tuple(map(Worry.from_json, data["worries"])),
            repeated=data["repeated"],
        )


def profile(
    table: "DataFrame", kinds: Mapping[str, str] | None = None, pictures: Sequence[str] = ()
) -> Profile:
    """Look at every column once.

    Args:
        table: Text in all columns.
        kinds: Kinds that the user chose, by column; the others are guessed.
        pictures: Columns that name pictures that came with the table.
    """
    chosen, columns = kinds or {}, []
    rows = np.zeros(len(table), dtype=np.uint64)
    for place, name in enumerate(table.columns):
        evidence, texts, places = _counted(str(name), table.iloc[:, place], str(name) in pictures)
        columns.append(_in_time(describe(evidence, chosen.get(str(name))), evidence, texts, places))
        _mix(rows, places)
    repeated = len(rows) - len(np.unique(rows))
    return with_worries(Profile(len(table), tuple(columns), repeated=repeated))


def with_worries(facts: Profile) -> Profile:
    """The same facts with what the checks say about them, warnings first, and of these what a click mends."""
    found = [worry for name in CHECKS for worry in CHECKS[name].look(facts)]
    found.sort(key=lambda worry: (worry.level != "warning", not worry.remedy))
    return Profile(facts.rows, facts.columns, tuple(found), facts.repeated)


def column_facts(name: str, texts: Iterable[str], kind: str | None = None) -> ColumnFacts:
    """The facts about one column, for instance after the user changed its kind."""
    return describe(ColumnText.of(name, texts), kind)


def guess(column: ColumnText) -> tuple[str, Guess]:
    """The likeliest kind, and why."""
    guesses = [(name, KINDS[name].guess(column)) for name in KINDS]
    sure = [(name, found) for name, found in guesses if found is not None]
    return max(sure, key=lambda pair: pair[1].confidence)


def describe(column: ColumnText, kind: str | None = None) -> ColumnFacts:
    """The facts that follow from a column's distinct texts."""
    if kind is None:
        kind, found = guess(column)
    else:
        found = Guess(1.0, mark("You chose this kind."))
    made = {"number": _number_summary, "date": _date_summary, "text": _text_summary}.get(kind, _top_summary)(
        column
    )
    readable, summary = made
    summary |= _contents_of(column, kind)
    return ColumnFacts(
        name=column.name, kind=kind, reason=found.reason, confidence=found.confidence, missing=column.rows - readable,
        distinct=column.distinct, examples=tuple(value[:200] for value in column.values[:_EXAMPLES]), summary=summary,
    )  # fmt: skip


def _contents_of(column: ColumnText, kind: str) -> dict[str, Any]:
    """What its texts hold besides values, as far as there is anything."""
    if kind in ("date", "image"):
        return {}
    found: dict[str, Any] = {"persons": _contents.persons(column.values)}
    if kind != "number":
        rows, example = _contents.damaged(column.values, column.counts)
        found |= {
            "addresses": _contents.addresses_within(column.values), "damaged": [rows, example[:200]] if rows else None,
            "alike": _contents.alike(column.values, column.counts) if kind == "text" else 0,
        }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _ends(known: np.ndarray, counts: np.ndarray) -> dict[str, dict[str, list[float]]]:
    """`ends`: the least and the largest value: each with its rows and the next value, and how far the values between them reach.

    Args:
        known: Distinct values as they were read, some of them perhaps equal; with the rows of each.
    """
    values, places = np.unique(known, return_inverse=True)
    rows = np.bincount(places, weights=counts)
    if len(values) < 3:
        return {}
    low = [float(values[0]), int(rows[0]), float(values[1]), float(values[-1])]
    high = [float(values[-1]), int(rows[-1]), float(values[-2]), float(values[0])]
    return {"ends": {"low": low, "high": high}}


def _number_summary(column: ColumnText) -> tuple[int, dict[str, Any]]:
    read = column.numbers
    good = ~np.isnan(read.numbers)
    unreadable = [[text[:200], rows] for text, rows in read.unreadable[:10]]
    if not good.any():
        return 0, {"unreadable": unreadable}
    known, counts = read.numbers[good], column.counts[good]
    every = np.repeat(known, counts)
    with np.errstate(over="ignore", invalid="ignore"):
        edges, bars = _histogram(known, counts)
        mean, middle = np.nan_to_num([every.mean(), np.median(every)])
        quantiles = np.nan_to_num(np.percentile(every, QUANTILES))
    return read.readable, {
        "min": float(known.min()),
        "max": float(known.max()),
        "whole": bool((known == np.floor(known)).all()),
        "mean": float(mean),
        "median": float(middle),
        "quantiles": [float(q) for q in quantiles],
        "histogram": {"edges": edges, "counts": bars},
        "unreadable": unreadable,
        **_ends(known, counts),
    }


def _histogram(known: np.ndarray, counts: np.ndarray) -> tuple[list[float], list[int]]:
    low, high = float(known.min()), float(known.max())
    whole = high - low < _BARS and bool((known == np.floor(known)).all())
    # A few whole numbers get a bar each.
    edges = np.arange(low - 0.5, high + 1) if whole else np.linspace(low, high, _BARS + 1)
    if not np.isfinite(edges).all() or not (np.diff(edges) > 0).all():
        return [low, high], [int(counts.sum())]
    bars, edges = np.histogram(known, edges, weights=counts)
    return [float(e) for e in edges], [int(b) for b in bars]


def _date_summary(column: ColumnText) -> tuple[int, dict[str, Any]]:
    read = column.dates
    if read is None:
        return 0, {}
    good = ~np.isnan(read.days)
    known = read.days[good]
    spoken = KINDS["date"].spoken
    return read.readable, {
        "first": spoken(float(known.min())),
        "last": spoken(float(known.max())),
        "format": read.parse["format"],
        "unsure": read.unsure,
        **_ends(known, column.counts[good]),
    }


def _text_summary(column: ColumnText) -> tuple[int, dict[str, Any]]:
    lengths = np.repeat([len(value) for value in column.values], column.counts)
    found = languages.guess(column.values)
    readable, summary = _top_summary(column)
    if not readable:
        return readable, summary
    told = {"language": found.code, "share": found.share} if found.code else {}
    edges, bars = _histogram(*np.unique(lengths, return_counts=True))
    pictured = {"edges": edges, "counts": bars, "of": "characters"}
    characters = {"characters": float(np.median(lengths)), "longest": int(lengths.max())}
    return readable, {**summary, **characters, "histogram": pictured, **told}


def _top_summary(column: ColumnText) -> tuple[int, dict[str, Any]]:
    return column.filled, {"top": [[value[:200], rows] for value, rows in column.common(_TOP)]}


def _in_time(facts: ColumnFacts, column: ColumnText, texts: Sequence[str], places: np.ndarray) -> ColumnFacts:
    """The same facts; where the rows follow the column in time, with a word about it."""
    if facts.kind == "date" and column.dates is not None:
        found = follows(np.asarray(read_values(texts, column.dates.parse))[places])
    elif facts.kind == "number" and column.name_words & NAMES:
        numbers = np.asarray(read_values(texts, {"as": "number"}))[places]
        found = follows(numbers) if may_count_time(column.name_words, numbers) else ""
    else:
        return facts
    return replace(facts, summary={**facts.summary, "follows": found}) if found else facts


def _counted(name: str, texts: Any, pictures: bool) -> tuple[ColumnText, Sequence[str], np.ndarray]:
    """The column with its distinct texts counted, these as they are written, and for each row the place of its text."""
    import pyarrow as pa  # noqa: PLC0415 - gate to a heavy library

    array = pa.array(texts, pa.large_string())
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    coded = array.dictionary_encode()
    places = coded.indices.to_numpy(zero_copy_only=False)
    values: Sequence[str] = coded.dictionary.to_pylist()
    counts = np.bincount(places, minlength=len(values))
    return ColumnText.counted(name, values, counts.tolist(), pictures), values, places


def _mix(rows: np.ndarray, places: np.ndarray) -> None:
    """Mix one more column into each row's 64-bit hash, so that equal rows have equal hashes."""
    rows ^= places.astype(np.uint64)
    rows *= np.uint64(0x9E3779B97F4A7C15)
    rows ^= rows >> np.uint64(29)
    rows *= np.uint64(0xBF58476D1CE4E5B9)
    rows ^= rows >> np.uint64(32)
