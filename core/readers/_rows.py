"""Rows of cells become a table: titles above it, its header, ragged and empty rows."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.recipes import column_names
from core.words import Sentence, mark

Row = Sequence[str]
_LOOKED_AT = 300
_MOST_TITLES = 30
_LIKE_DATA = re.compile(r"[\s(+\-\u2212$€£¥₹<>]*[.,]?\d.*", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]")
_NOT_KNOWN = frozenset(("", "?", "-", "na", "n/a", "nan", "null", "none"))


@dataclass(frozen=True)
class Layout:
    """Where the table stands in the rows.

    Args:
        first: Rows above it, such as a title.
        header: Whether its first row holds the names.
        width: Cells in most of its rows.
    """

    first: int
    header: bool
    width: int


@dataclass(frozen=True)
class Tidy:
    """Names and columns of equal length, with what was mended."""

    names: list[str]
    columns: list[list[str]]
    notes: tuple[Sentence, ...]


def layout(rows: Sequence[Row], block: int = 0) -> Layout:
    """Find the table in its first rows, empty rows left out.

    Args:
        rows: The first rows, or all.
        block: Rows above the first empty line, 0 if there is none near the top.
    """
    some = rows[:_LOOKED_AT]
    width = Counter(len(row) for row in some).most_common(1)[0][0]
    first = _titles(some, width)
    if first < block <= _MOST_TITLES and block < len(some) and _votes(some[block], some[block + 1 :]) > 0:
        # What stands above an empty line is a title if what stands below it begins with names.
        first = block
    return Layout(first, has_header(some[first], some[first + 1 :]), width)


def _titles(rows: Sequence[Row], width: int) -> int:
    """How many rows stand above the table: short ones before the first full one."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    typical = sorted(filled)[len(filled) // 2]
    for place, row in enumerate(rows[:_MOST_TITLES]):
        full = filled[place] >= max(2, 0.6 * typical)
        # ",score" is a header whose first name is empty, not a title.
        title = not full and (len(row) < width or bool(row[0].strip()) or not filled[place])
        if not title or typical < 2:
            return place
    return 0


def has_header(first: Row, body: Sequence[Row]) -> bool:
    """Whether the first row holds names rather than values, by a vote of the columns."""
    if not body:
        return True
    if _runs_on(first):
        return True
    votes = _votes(first, body)
    return votes > 0 if votes else len(set(first)) == len(first)


def _votes(first: Row, body: Sequence[Row]) -> float:
    votes = 0.0
    for place, cell in enumerate(first):
        below = [row[place].strip() for row in body if place < len(row)]
        below = [value for value in below if value.lower() not in _NOT_KNOWN]
        if below:
            votes += _vote(cell.strip(), below)
    return votes


def _vote(cell: str, below: Sequence[str]) -> float:
    if sum(map(_like_data, below)) >= 0.8 * len(below):
        return -1 if _like_data(cell) else (1 if cell.lower() not in _NOT_KNOWN else 0)
    distinct = set(below)
    if len(distinct) > 0.5 * len(below):
        return -0.5 if cell in distinct else 0
    return -1 if cell in distinct else 0.5


def _like_data(cell: str) -> bool:
    """Whether it looks like a number, a date or an amount rather than a name."""
    return bool(_LIKE_DATA.fullmatch(cell)) and len(_LETTERS.findall(cell)) <= 4


def _runs_on(first: Row) -> bool:
    """Whether the numbers in a row are names that run on: 2019, 2020, 2021 or 0, 1, 2."""
    numbers = [int(c) for c in (cell.strip() for cell in first) if c.isascii() and c.isdigit()]
    if len(numbers) < 3 or any(_like_data(c) and not c.strip().isdigit() for c in first):
        return False
    steps = {b - a for a, b in pairwise(numbers)}
    years = all(1900 <= n <= 2100 for n in numbers)
    return steps == {1} and (years or numbers[0] in (0, 1))


def title_notes(rows: Sequence[Row], found: Layout) -> tuple[Sentence, ...]:
    """What stands above the table and was left out."""
    if not found.first:
        return ()
    line = " ".join(cell for cell in rows[0] if cell)[:80]
    return (
        mark(
            "{count} line above the table was left out: “{line}”.",
            plural="{count} lines above the table were left out, the first is “{line}”.",
            count=found.first, line=line,
        ),
    )  # fmt: skip


def tidy(rows: Sequence[Row], found: Layout) -> Tidy:
    """Names and columns from all rows, titles included, empty rows left out already."""
    notes = list(title_notes(rows, found))
    table = list(rows[found.first :])
    header = list(table.pop(0)) if found.header else []
    while table and not any(cell.strip() for cell in table[-1]):
        table.pop()
    header, width = _widened(header, table, notes)
    columns = _columns(table, width)
    names = header + [""] * (width - len(header))
    kept = [i for i in range(width) if names[i].strip() or any(columns[i]) or not found.header]
    return Tidy(_named(names, kept), [columns[i] for i in kept], tuple(notes))


def _named(names: Sequence[str], kept: Sequence[int]) -> list[str]:
    """Unique names of the kept columns; a nameless one is called by its place in the file."""
    unique = column_names(names)
    return [unique[i] for i in kept]


def _widened(header: list[str], table: Sequence[Row], notes: list[Sentence]) -> tuple[list[str], int]:
    """The header and the number of columns, after a look at rows that are longer or shorter."""
    lengths = Counter(len(row) for row in table)
    width = max([len(header), *lengths])
    usual = len(header) or lengths.most_common(1)[0][0]
    if header and set(lengths) == {len(header) + 1} and any(row[-1].strip() for row in table):
        # R writes row names without a name for their column.
        return ["", *header], width
    short = sum(count for length, count in lengths.items() if length < usual)
    long = sum(1 for row in table if len(row) > usual and any(cell.strip() for cell in row[usual:]))
    if short:
        notes.append(
            mark(
                "{count} row is shorter than the header; its last cells are empty.",
                plural="{count:,} rows are shorter than the header; their last cells are empty.", count=short,
            )
        )  # fmt: skip
    if long:
        notes.append(
            mark(
                "{count} row has more cells than the header; they stand in columns of their own at the end.",
                plural="{count:,} rows have more cells than the header; they stand in columns of their own at the end.",
                count=long,
            )
        )  # fmt: skip
    return header, width


def _columns(table: Sequence[Row], width: int) -> list[list[str]]:
    ragged = any(len(row) != width for row in table)
    padded = [r if len(r) == width else [*r, *[""] * (width - len(r))] for r in table] if ragged else table
    return [list(column) for column in zip(*padded, strict=True)] if padded else [[] for _ in range(width)]
