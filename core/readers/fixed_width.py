"""Text whose columns begin at the same place in every line, with spaces between them and no other mark."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.errors import FileError
from core.readers._cells import GAPS, SPACES, rows_of
from core.readers._delimiter import beginning, dialect
from core.readers._encoding import decode
from core.readers._frame import frame
from core.readers._rows import layout, tidy
from core.reading import MOST_COLUMNS, Reading
from core.words import mark

LABEL = mark("Text in columns of fixed width")
HELP = mark("Lines in which each column begins at the same place, with spaces between them.")
SUFFIXES = (".txt", ".dat", ".fwf", ".prn", ".asc")

FEWEST_LINES, SURE_LINES = 4, 10  # with fewer than these, columns stand two spaces apart
LEAST_FILLED = 0.3  # share of the rows in which a column says something
LONGEST_LINE = 20_000
_RULE = re.compile(r"[-=_+| ]+")
_LINES_AT_ONCE = 20_000
Span = tuple[int, int]


def recognises(path: Path, head: bytes) -> bool:
    """Where marks divide the lines into one cell or unevenly, but the same places are empty in all lines of the file."""
    if (
        b"\t" in head
        or (b"  " not in head and path.suffix.lower() not in SUFFIXES)
        or path.suffix.lower() == ".md"
    ):
        return False
    try:
        text, _, _ = decode(path, head[: head.rfind(b"\n") + 1])
        sample = beginning(text)
        written = dialect(sample)
        if written.delimiter not in ("", " ", GAPS, SPACES) or not _spans(_lines(sample)):
            return False
        if written.delimiter and len({len(row) for row in rows_of(sample, written)}) == 1:
            return False  # as good a table, and its cells need not stand in line
        whole, _, _ = decode(path, path.read_bytes())
    except (FileError, OSError):
        return False  # the reader of tables says what it is
    return bool(_spans(_lines(whole)))


def read(path: Path) -> Reading:
    """The table, every cell without the spaces around it.

    Raises:
        FileError: If it is no text, or holds no row of values.
    """
    text, encoding, _ = decode(path, path.read_bytes())
    lines = _lines(text)
    spans = _spans(lines)
    rows = [[line[start:end].strip() for start, end in spans] for line in lines]
    found = layout(rows)
    made = tidy(rows, found)
    if not made.columns or not made.columns[0]:
        raise FileError(
            mark("“{name}” has a header but no rows.", name=path.name[:80]),
            mark("Export the table once more, with its rows."),
        )
    how = {"encoding": encoding, "header": found.header, "widths": [list(span) for span in spans]}
    return Reading(frame(made.names, made.columns), how, made.notes)


def _lines(text: str) -> list[str]:
    """The lines that say something; those that only draw a line are none."""
    return [line.rstrip() for line in text.splitlines() if line.strip() and not _RULE.fullmatch(line)]


def _spans(lines: Sequence[str]) -> list[Span]:
    """Where each column begins and ends, or nothing where the lines have no columns."""
    width = max(map(len, lines), default=0)
    if len(lines) < FEWEST_LINES or width > LONGEST_LINE:
        return []
    filled = _filled(lines, width)
    spans = _apart(filled > 0, 1 if len(lines) >= SURE_LINES else 2)
    spans = _joined(spans, lines)
    if not 2 <= len(spans) <= MOST_COLUMNS:
        return []
    body = lines[1:]
    for start, end in spans:
        cells = [line[start:end].strip() for line in body]
        told = [cell for cell in cells if cell]
        # A column of one sign is the mark of a list.
        if len(told) < LEAST_FILLED * len(cells) or (
            len(set(told)) == 1 and not any(map(str.isalnum, told[0]))
        ):
            return []
    return spans


def _filled(lines: Sequence[str], width: int) -> np.ndarray:
    """In how many lines something stands at each place, [places]."""
    filled = np.zeros(width, dtype=np.int64)
    for first in range(0, len(lines), _LINES_AT_ONCE):
        some = lines[first : first + _LINES_AT_ONCE]
        signs = np.array(some, dtype=f"U{width}").view(np.uint32).reshape(len(some), width)
        filled += ((signs != 0) & (signs != 32)).sum(axis=0)
    return filled


def _apart(filled: np.ndarray, least: int) -> list[Span]:
    """The runs of places that are filled, those less than `least` apart as one."""
    spans: list[Span] = []
    for place in np.flatnonzero(filled).tolist():
        if spans and place - spans[-1][1] < least:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans


def _joined(spans: Sequence[Span], lines: Sequence[str]) -> list[Span]:
    """The columns, with parts put together that only seem to stand apart.

    A name may stand beside its numbers instead of above them; and where nobody's text has a letter at the place at
    which one has a space, its words stand apart, under no name of their own.
    """
    made = list(spans)
    place = 0
    while place < len(made):
        named, told = _says(made[place], lines)
        if len(made) < 2 or (named and told):
            place += 1
            continue
        near = _nearest(made, place, lines[0])
        other_named, other_told = _says(made[near], lines)
        if made[max(near, place)][0] - made[min(near, place)][1] > 1 and (other_named, other_told) != (
            told,
            named,
        ):
            place += 1
            continue
        first, last = sorted((near, place))
        made[first : last + 1] = [(made[first][0], made[last][1])]
        place = first
    return made


def _nearest(spans: Sequence[Span], place: int, first: str) -> int:
    """Which neighbour it belongs to: the nearer one, or where both are as near, by the side on which names stand."""
    if place == 0 or place == len(spans) - 1:
        return 1 if place == 0 else place - 1
    left, right = spans[place][0] - spans[place - 1][1], spans[place + 1][0] - spans[place][1]
    if left != right:
        return place - 1 if left < right else place + 1
    start, end = spans[place + 1]
    name = first[start:end]
    return (
        place + 1
        if name.startswith(" ") and name.strip() and len(name.rstrip()) == end - start
        else place - 1
    )


def _says(span: Span, lines: Sequence[str]) -> tuple[bool, bool]:
    """Whether anything stands there in the first line, and in the others."""
    start, end = span
    return bool(lines[0][start:end].strip()), any(line[start:end].strip() for line in lines[1:])
