"""What the kinds of column look at: a column's distinct texts with their counts, and what they read as."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.columns._dates import DateReading, read_dates
from core.columns._numbers import NumberReading, read_numbers
from core.words import Sentence

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")


@dataclass(frozen=True)
class Guess:
    """How sure a kind is that the column belongs to it, 0 to 1, and why in one sentence."""

    confidence: float
    reason: Sentence


@dataclass(frozen=True)
class ColumnText:
    """A column as its distinct texts.

    Args:
        name: The column's name, which may hint at its kind.
        values: Distinct texts without outer spaces and without the empty one, in order of appearance.
        counts: How many rows hold each of them.
        rows: Rows of the table, empty cells included.
        pictures: Whether the values are names of pictures that came with the table.
    """

    name: str
    values: tuple[str, ...]
    counts: np.ndarray
    rows: int
    pictures: bool = False

    @classmethod
    def of(cls, name: str, texts: Iterable[str]) -> "ColumnText":
        """The evidence in a column's texts, row by row."""
        found = Counter(texts)
        return cls.counted(name, list(found), list(found.values()))

    @classmethod
    def counted(
        cls, name: str, values: Sequence[str], counts: Sequence[int], pictures: bool = False
    ) -> "ColumnText":
        """The evidence in distinct texts that were counted already; outer spaces are taken off here."""
        found: dict[str, int] = {}
        for value, count in zip(values, counts, strict=True):
            text = value.strip()
            found[text] = found.get(text, 0) + count
        rows = sum(found.values())
        found.pop("", None)
        return cls(
            name, tuple(found), np.fromiter(found.values(), dtype=np.int64, count=len(found)), rows, pictures
        )

    @property
    def filled(self) -> int:
        """Rows whose cell is not empty."""
        return int(self.counts.sum())

    @property
    def distinct(self) -> int:
        return len(self.values)

    @property
    def uniqueness(self) -> float:
        """Distinct values per filled row, 0 to 1."""
        return self.distinct / self.filled if self.filled else 0.0

    @cached_property
    def numbers(self) -> NumberReading:
        return read_numbers(self.values, self.counts)

    @cached_property
    def dates(self) -> DateReading | None:
        """The column read as dates, or None where most texts are none."""
        return read_dates(self.name, self.values, self.counts, self.numbers)

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of the name in lower case, such as {"customer", "id"} for `customerId`."""
        return name_words(self.name)

    @cached_property
    def length(self) -> float:
        """Characters of a distinct value, on average."""
        return float(np.mean([len(v) for v in self.values])) if self.values else 0.0

    @cached_property
    def words(self) -> float:
        """Words of a distinct value, on average."""
        return float(np.mean([len(v.split()) for v in self.values])) if self.values else 0.0

    def common(self, count: int) -> list[tuple[str, int]]:
        """The most frequent values with their rows, the most frequent first."""
        order = np.argsort(-self.counts, kind="stable")[:count]
        return [(self.values[i], int(self.counts[i])) for i in order]


def name_words(name: str) -> frozenset[str]:
    """The words of a column's name in lower case.

    Example:
        >>> sorted(name_words("customerId"))
        ['customer', 'id']
    """
    return frozenset(word.lower() for word in _WORDS.findall(name))


def shown(number: float) -> str:
    """A number as a sentence shows it: `1,234`, `0.25`, `1.2e+09`."""
    if number == int(number) and abs(number) < 1e12:
        return f"{int(number):,}"
    return f"{number:,.2f}" if 100 <= abs(number) < 1e12 else f"{number:.4g}"
