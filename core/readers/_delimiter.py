"""Which mark stands between the cells, judged by how evenly it divides the lines."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

# The safer first: where two divide the lines equally well, a comma may be a decimal mark.
_MARKS = ("\t", ";", "|", "\x1f", "\x01", ",", "^", "~", ":", " ")
_WEAK = {":": 0.98, " ": 0.98, "^": 0.9, "~": 0.9}
_SAMPLE = 300_000
_DECIMAL = re.compile(r"\s*[+-]?\d+(,\d+)?\s*")
csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Dialect:
    """How cells are divided and quoted.

    Args:
        delimiter: The mark between cells; "" for a file with one column.
        quoted: Whether double quotes hold cells together.
        escaped: Whether a quote inside a cell is written with a backslash.
        spaced: Whether a space after each delimiter belongs to it.
    """

    delimiter: str = ","
    quoted: bool = True
    escaped: bool = False
    spaced: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def settings(self) -> Mapping[str, Any]:
        """The same for Python's `csv`."""
        return {
            "delimiter": self.delimiter or "\x00",
            "quoting": csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            "doublequote": not self.escaped,
            "escapechar": "\\" if self.escaped else None,
            "skipinitialspace": self.spaced,
        }


def rows_of(text: str, dialect: Dialect) -> list[list[str]]:
    """All rows but the empty ones."""
    return [row for row in csv.reader(io.StringIO(text, newline=""), **dialect.settings()) if _filled(row)]


def rows_above_empty_line(text: str, dialect: Dialect) -> int:
    """How many rows stand above the first empty line near the top, 0 if there is none."""
    rows = csv.reader(io.StringIO(text, newline=""), **dialect.settings())
    above = 0
    for row in islice(rows, 40):
        if _filled(row):
            above += 1
        elif above:
            return above
    return 0


def _filled(row: list[str]) -> bool:
    return len(row) > 1 or (len(row) == 1 and bool(row[0].strip()))


def dialect(text: str) -> Dialect:
    """The dialect of a text, judged on its beginning."""
    sample = text
    if len(text) > _SAMPLE:
        sample = text[: text.rindex("\n", 0, _SAMPLE) + 1] if "\n" in text[:_SAMPLE] else text[:_SAMPLE]
    escaped = '\\"' in sample and '""' not in sample
    scores = {mark: _evenness(sample, Dialect(mark, escaped=escaped)) for mark in _MARKS if mark in sample}
    best = max(scores.values(), default=0.0)
    if best < 0.6:
        return Dialect("", quoted=_whole_lines_quoted(sample))
    delimiter = next(mark for mark in _MARKS if scores.get(mark, 0) >= best - 0.02)
    return Dialect(delimiter, escaped=escaped, spaced=_spaced(sample, delimiter))


def _whole_lines_quoted(sample: str) -> bool:
    lines = [line for line in sample.splitlines()[:200] if line.strip()]
    return any(line.startswith('"') and line.rstrip().endswith('"') for line in lines)


def _evenness(sample: str, tried: Dialect) -> float:
    """The share of rows with as many cells as most rows have, 0 where most have one."""
    every = rows_of(sample, tried)
    rows = _below_titles(every)
    if not rows or _decimal_commas(every, tried):
        return 0.0
    lengths = Counter(len(row) for row in rows)
    usual, count = max(lengths.items(), key=lambda pair: (pair[1], pair[0]))
    if usual < 2:
        return 0.0
    share = count / len(rows)
    if len(rows) == 1:
        return 0.7 * _WEAK.get(tried.delimiter, 1.0)
    least = _WEAK.get(tried.delimiter)
    if least and (share < least or (tried.delimiter == " " and usual < 3)):
        return 0.0
    # A first line that is not divided like the rows is a title, or speaks against the mark.
    doubt = (0.9 if len(rows[0]) != usual else 1.0) * (0.9 if least else 1.0)
    return share * doubt * (0.95 if len(rows) < len(every) else 1.0)


def _below_titles(rows: list[list[str]]) -> list[list[str]]:
    """The rows without those at the beginning that this mark does not divide."""
    first = next((place for place, row in enumerate(rows[:30]) if len(row) > 1), 0)
    return rows[first:]


def _decimal_commas(rows: list[list[str]], tried: Dialect) -> bool:
    """Whether the rows are one column of numbers with decimal commas under an undivided name."""
    if tried.delimiter != "," or len(rows) < 2 or len(rows[0]) > 1:
        return False
    return all(_DECIMAL.fullmatch(",".join(row)) for row in rows[1:])


def _spaced(sample: str, delimiter: str) -> bool:
    """Whether every delimiter of the first lines has a space behind it."""
    if delimiter in " \t":
        return False
    lines = [line for line in sample.splitlines()[:200] if delimiter in line]
    marks = sum(line.rstrip().count(delimiter) for line in lines)
    return marks > 1 and sum(line.count(delimiter + " ") for line in lines) >= marks
