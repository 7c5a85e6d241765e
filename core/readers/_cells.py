"""Text becomes rows of cells, in any dialect, quotes that were never escaped included."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

csv.field_size_limit(1 << 30)
_STAND_IN = "\ue0f5"  # for delimiters of several characters; it means nothing in any text
SPACES, GAPS = " ", "  "  # runs of spaces; runs of at least two
LINE = re.compile(r"\r\n|\r|\n")
_EDGES = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_QUOTED_OR_SPACES = re.compile(r'"[^"\r\n]*"(?= |$)|[ ]+', re.MULTILINE)


@dataclass(frozen=True)
class Dialect:
    """How cells are divided and quoted.

    Args:
        delimiter: The mark between cells, of one or several characters; "" for a file with one column, " " for any
            number of spaces, "  " for two or more.
        quote: The mark that holds cells together, or "".
        escaped: Whether a quote inside a cell is written with a backslash.
        spaced: Whether a space after each delimiter belongs to it.
        padded: Whether cells are filled up with spaces on both sides.
    """

    delimiter: str = ","
    quote: str = '"'
    escaped: bool = False
    spaced: bool = False
    padded: bool = False

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "delimiter": self.delimiter[:1] if self.delimiter == GAPS else self.delimiter}

    def is_plain(self) -> bool:
        """Whether fast readers know all of it."""
        return (
            len(self.delimiter) == 1
            and self.delimiter != SPACES
            and self.quote == '"'
            and not (self.escaped or self.spaced or self.padded)
        )

    def settings(self) -> Mapping[str, Any]:
        """The same for Python's `csv`."""
        return {
            "delimiter": _single(self.delimiter),
            "quotechar": self.quote or None,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "doublequote": not self.escaped,
            "escapechar": "\\" if self.escaped else None,
            "skipinitialspace": self.spaced,
        }


def _single(delimiter: str) -> str:
    if not delimiter:
        return "\x00"
    return delimiter if len(delimiter) == 1 and delimiter != SPACES else _STAND_IN


def rows_of(text: str, dialect: Dialect) -> list[list[str]]:
    """All rows; an empty line is an empty list."""
    made = _with_single(text, dialect)
    try:
        rows = list(csv.reader(io.StringIO(made, newline=""), strict=True, **dialect.settings()))
    except csv.Error:
        rows = list(_lenient(made, dialect, _single(dialect.delimiter)))
    if len(dialect.delimiter) > 1 and dialect.delimiter != GAPS:
        # Inside quotes it is no delimiter.
        rows = [[c.replace(_STAND_IN, dialect.delimiter) for c in row] for row in rows]
    if dialect.padded:
        rows = [[cell.strip() for cell in row] for row in rows]
    return [row if len(row) > 1 or (row and row[0].strip()) else [] for row in rows]


def _with_single(text: str, dialect: Dialect) -> str:
    """The text with one character between cells."""
    delimiter = dialect.delimiter
    if len(delimiter) < 2 and delimiter != SPACES:
        return text
    if delimiter not in (SPACES, GAPS):
        return text.replace(delimiter, _STAND_IN)
    text = _EDGES.sub("", text)
    if delimiter == GAPS:
        return re.sub(r"[ \t]{2,}|\t", _STAND_IN, text)
    return _QUOTED_OR_SPACES.sub(lambda m: m[0] if m[0][0] == '"' else _STAND_IN, text)


def _lenient(text: str, dialect: Dialect, mark: str) -> Iterator[list[str]]:
    """Rows where quotes stand inside quoted cells as they are, or are never closed."""
    if not dialect.quote:
        yield from ([*line.split(mark)] if line else [] for line in LINE.split(text))
        return
    scan = _Scan(text, dialect, mark)
    place = 0
    while place < len(text):
        row, place = scan.row(place)
        yield row


class _Scan:
    """Finds the end of each cell in a text."""

    def __init__(self, text: str, dialect: Dialect, mark: str) -> None:
        self._text, self._quote, self._mark, self._escaped = text, dialect.quote, mark, dialect.escaped
        head = text[:100_000]
        widths = Counter(line.count(mark) for line in LINE.split(head)[:2000] if line)
        self._marks = max(widths, key=lambda w: widths[w]) if widths else 0
        closed = head.count(self._quote + mark)
        between = head.count(self._quote + mark + self._quote)
        # Where every cell is quoted, a quote before a mark ends a cell only if another begins behind it.
        self._tight = closed > 0 and between >= 0.75 * closed

    def row(self, place: int) -> tuple[list[str], int]:
        """The row that begins there, and where the next one begins."""
        text, quote, mark = self._text, self._quote, self._mark
        line = LINE.search(text, place)
        end, after = (line.start(), line.end()) if line else (len(text), len(text))
        if text.find(quote, place, end) < 0:
            return (text[place:end].split(mark) if end > place else []), after
        row: list[str] = []
        while True:
            start = place
            while text.startswith(" ", start):
                start += 1
            found = self._quoted(start + 1) if text.startswith(quote, start) else None
            if found:
                cell, place = found
            else:
                stop = self._stop(place)
                cell, place = text[place:stop], stop
            row.append(cell)
            if not text.startswith(mark, place):
                return row, place + (2 if text.startswith("\r\n", place) else 1)
            place += 1

    def _stop(self, place: int) -> int:
        line = LINE.search(self._text, place)
        end = line.start() if line else len(self._text)
        found = self._text.find(self._mark, place, end)
        return found if found >= 0 else end

    def _quoted(self, start: int) -> tuple[str, int] | None:
        """The cell's content and the place behind its closing quote and spaces, None where it never closes."""
        text, quote, loose, place = self._text, self._quote, False, start
        while (place := text.find(quote, place)) >= 0:
            if place - start > 1_000_000:
                return None
            before = text[max(start, place - 50) : place]
            if self._escaped and (len(before) - len(before.rstrip("\\"))) % 2 == 1:
                place += 1
                continue
            after = place
            while text.startswith(quote, after):
                after += 1
            closes, run = self._ends(after), after - place
            if closes is not None and (run % 2 == 1 or loose):
                return self._content(start, after - 1, loose, closes)
            loose = loose or run == 1
            place = after
        return None

    def _content(self, start: int, end: int, loose: bool, after: int) -> tuple[str, int] | None:
        cell = self._text[start:end]
        lines = LINE.split(cell)
        if len(lines) > 1 and any(line.count(self._mark) == self._marks > 0 for line in lines[1:-1]):
            return None  # it swallows rows: the quote in front was none
        if self._escaped:
            return re.sub(r"\\(.)", r"\1", cell, flags=re.DOTALL), after
        return (cell if loose else cell.replace(self._quote * 2, self._quote)), after

    def _ends(self, place: int) -> int | None:
        """Where the cell ends that closes just before `place`, None where it does not close there."""
        text = self._text
        while text.startswith(" ", place):
            place += 1
        if place >= len(text) or text[place] in "\r\n":
            return place
        if not text.startswith(self._mark, place):
            return None
        behind = text[place + 1 : place + 3].lstrip(" ")[:1]
        return place if not self._tight or behind in ("", self._quote, self._mark, "\r", "\n") else None
