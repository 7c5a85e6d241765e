"""Rows of cells become a table: titles above it, its header, ragged and empty rows, notes and totals below."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.readers import _notes as tell
from core.readers._below import ending
from core.readers._header import header_lines, names_of
from core.readers._ragged import joined
from core.readers._sections import table_in, titles
from core.recipes import column_names
from core.words import Sentence, mark

Row = Sequence[str]
_LOOKED_AT = 300


@dataclass(frozen=True)
class Layout:
    """Where the table stands in the rows.

    Args:
        first: Rows above it, such as a title.
        lines: How many of its first rows hold the names.
        width: Cells in most of its rows.
        end: The row behind its last, None for all.
        others: Other tables in the same rows.
    """

    first: int
    lines: int
    width: int
    end: int | None = None
    others: int = 0

    @property
    def header(self) -> bool:
        """Whether the table names its columns."""
        return self.lines > 0


@dataclass(frozen=True)
class Tidy:
    """Names and columns of equal length, with what was mended."""

    names: list[str]
    columns: list[list[str]]
    notes: tuple[Sentence, ...]


def layout(rows: Sequence[Row], gaps: Collection[int] = ()) -> Layout:
    """Find the table in its first rows, or in all.

    Args:
        rows: The rows, empty ones left out.
        gaps: Those with an empty line in front.
    """
    found, others = table_in(rows, gaps)
    some = rows[found.first : min(found.end, found.first + _LOOKED_AT)]
    width = Counter(len(row) for row in some).most_common(1)[0][0]
    above = titles(some, width)
    table = some[above:]
    if found.end <= found.first + _LOOKED_AT and len(table) > 2:
        notes, totals = ending(table[1:], width)
        table = table[: len(table) - notes - totals]
    lines = header_lines(_commented(table))
    return Layout(found.first + above, lines, width, found.end if found.end < len(rows) else None, others)


def _commented(table: Sequence[Row]) -> Sequence[Row]:
    """The rows with the first as it is without the sign of a comment: `# a,b`."""
    return [_uncommented(table[0], table[1:]), *table[1:]] if table else table


def _uncommented(first: Row, body: Sequence[Row]) -> Row:
    longer = bool(body) and len(first) == Counter(map(len, body)).most_common(1)[0][0] + 1
    if first and first[0].strip() in ("#", "%") and longer:
        return first[1:]
    return [first[0][1:].lstrip(), *first[1:]] if first and first[0][:2] in ("# ", "% ") else first


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


def tidy(rows: Sequence[Row], found: Layout, delimiter: str = "") -> Tidy:
    """Names and columns from all rows, titles included, empty rows left out already."""
    notes = []
    if found.others:
        notes.append(
            mark(
                "The file holds another table, which was left out; the largest was read.",
                plural="The file holds {count} other tables, which were left out; the largest was read.", count=found.others,
            )
        )  # fmt: skip
    notes += title_notes(rows, found)
    below = rows[found.end :] if found.end is not None else []
    table = list(rows[found.first : found.end])
    if table:
        table[0] = _uncommented(table[0], table[1:])
    head, table = table[: found.lines], table[found.lines :]
    table = _without_headers(head, table, found.first > 0, notes)
    table = _without_end(table, found.width, below if not found.others else [], notes)
    width = len(head[0]) if len(head) == 1 else found.width
    table, mended = joined(table, width, delimiter)
    notes += tell.joined(mended)
    header = names_of(head, max(map(len, [*head, *table[:_LOOKED_AT]]))) if head else []
    header, width = _widened(header, table, notes)
    columns = _columns(table, width)
    names = header + [""] * (width - len(header))
    kept = [
        i for i in range(width) if names[i].strip() or any(map(str.strip, columns[i])) or not found.header
    ]
    if not found.header:
        kept = kept[: max((i for i in kept if any(map(str.strip, columns[i]))), default=0) + 1]
    return Tidy(_named(names, kept), [columns[i] for i in kept], tuple(notes))


def _without_headers(head: Sequence[Row], table: list[Row], titled: bool, notes: list[Sentence]) -> list[Row]:
    """The rows without those that say the header once more, as in files that were put together, and their titles."""
    again = [list(row) for row in head if sum(1 for cell in row if cell.strip()) > 1]
    if not again:
        return table
    firsts = {row[0] for row in again}
    places = {place for place, row in enumerate(table) if row[0] in firsts and list(row) in again}
    for place in sorted(places) if titled else ():
        if place and sum(1 for cell in table[place - 1] if cell.strip()) < 2:
            places.add(place - 1)
    notes += tell.repeated(len(places))
    return [row for place, row in enumerate(table) if place not in places] if places else table


def _without_end(table: list[Row], width: int, below: Sequence[Row], notes: list[Sentence]) -> list[Row]:
    table = _filled_to_its_end(table)
    if len(table) < 2:
        return table
    prose, totals = ending(table, width)
    end = len(table) - prose - totals
    said = [*table[len(table) - prose :], *below]
    said = [row for row in said if any(cell.strip() for cell in row)]
    notes += tell.totals(totals)
    notes += tell.below(said)
    return _filled_to_its_end(table[:end])


def _filled_to_its_end(table: list[Row]) -> list[Row]:
    """The rows without empty ones at their end."""
    end = len(table)
    while end and not any(cell.strip() for cell in table[end - 1]):
        end -= 1
    return table[:end]


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
    notes += tell.short(short)
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
