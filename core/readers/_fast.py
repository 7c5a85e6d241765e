"""Large files that are clean, by Arrow's reader, many times faster than the careful way."""

import re
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from core.readers import _notes as tell
from core.readers._below import ending
from core.readers._cells import Dialect, rows_of
from core.readers._delimiter import is_comment, is_rule
from core.readers._ragged import joined
from core.readers._rows import Layout, layout
from core.reading import MOST_COLUMNS
from core.recipes import column_names
from core.words import Sentence

_LOOKED_AT = 64_000_000  # bytes of which every quote is looked at
_AT_THE_END, _KINDS = 60, 300
_MOST_ODD = 5_000


def fast(
    data: bytes, head: str, written: Dialect
) -> tuple[list[str], list[pa.ChunkedArray], tuple[Sentence, ...], Layout] | None:
    """Names, columns, what was mended and where the table stood; None where the file is not that clean.

    Args:
        data: UTF-8.
        head: The beginning, up to the end of a line.
        written: How cells are divided there.
    """
    sample = rows_of(head, written)
    if not written.is_plain() or not _is_clean(data, sample):
        return None
    found = layout(sample)
    if (
        found.first
        or found.end is not None
        or found.lines > 1
        or any(len(row) != found.width for row in sample)
    ):
        return None
    if found.header and not all(name.strip() for name in sample[0]):
        return None
    read = _read(data, written, found.width)
    if read is None:
        return None
    table, odd = read
    header = sample[0] if found.header else [""] * found.width
    if found.header:
        table, odd = table.slice(1), {place - 1: row for place, row in odd.items()}
    kinds = sample[found.lines : found.lines + _KINDS]
    mended = _with_odd_rows(table, odd, kinds, written) if odd else (table, ())
    if mended is None:
        return None
    table, notes = mended
    table, again = _without_headers(table, header) if found.header else (table, 0)
    table, totals = _without_end(table, found.width)
    if not len(table):
        return None
    return column_names(header), table.columns, (*tell.repeated(again), *tell.totals(totals), *notes), found


def _with_odd_rows(
    table: pa.Table, odd: dict[int, list[str]], sample: Sequence[list[str]], written: Dialect
) -> tuple[pa.Table, tuple[Sentence, ...]] | None:
    """The table with the rows that Arrow left out for their length, mended, in their places.

    None where one of them would need columns of its own.
    """
    width, last = table.num_columns, len(table) + len(odd) - 1
    kept, below = dict(odd), list[list[str]]()
    while last in kept and (_is_nothing(kept[last]) or ending([*sample, kept[last]], width) != (0, 0)):
        below.insert(0, kept.pop(last))
        last -= 1
    comments = [row for row in kept.values() if is_comment(row)]
    kept = {place: row for place, row in kept.items() if not (_is_nothing(row) or is_comment(row))}
    rows, count = joined([*sample, *kept.values()], width, written.delimiter)
    rows = [row if any(map(str.strip, row[width:])) else row[:width] for row in rows[len(sample) :]]
    if any(len(row) > width for row in rows):
        return None
    notes = (
        *tell.comments(comments), *tell.joined(count), *tell.short(sum(len(row) < width for row in rows)),
        *tell.below([row for row in below if not _is_nothing(row)]),
    )  # fmt: skip
    whole = [[*row, *[""] * (width - len(row))] for row in rows]
    return _inserted(table, sorted(odd), dict(zip(kept, whole, strict=True))), notes


def _is_nothing(row: Sequence[str]) -> bool:
    return not any(map(str.strip, row)) or is_rule(row)


def _inserted(table: pa.Table, left_out: Sequence[int], rows: dict[int, list[str]]) -> pa.Table:
    """The table with rows at their places in the file, of which those left out are known."""
    pieces, before = [], 0
    for count, place in enumerate(left_out):
        pieces.append(table.slice(before, place - count - before))
        if place in rows:
            cells = [pa.array([cell], pa.large_string()) for cell in rows[place]]
            pieces.append(pa.table(cells, names=table.column_names))
        before = place - count
    return pa.concat_tables([*pieces, table.slice(before)]).combine_chunks()


def _is_clean(data: bytes, sample: Sequence[Sequence[str]]) -> bool:
    """Whether Arrow's reader and the careful way would agree, as far as can be seen."""
    if not sample or not 2 <= len(sample[0]) <= MOST_COLUMNS:
        return False
    if any(not row or is_rule(row) or is_comment(row) for row in sample):
        return False
    if b'"' not in data:
        return True
    # Quotes in the middle of a cell are read otherwise.
    return len(data) > _LOOKED_AT or not re.search(rb'[^\s,;|\t"]"+[^\s,;|\t"]', data)


def _read(data: bytes, written: Dialect, width: int) -> tuple[pa.Table, dict[int, list[str]]] | None:
    """The rows of this width, and by their places those that are longer or shorter."""
    odd: dict[int, list[str]] = {}

    def leave_out(row: arrow_csv.InvalidRow) -> str:
        cells = rows_of(row.text, written)
        odd[row.number - 1] = cells[0] if cells else []
        return "skip" if len(odd) <= _MOST_ODD else "error"

    try:
        return _table(data, written, width), {}
    except pa.ArrowInvalid:
        pass
    try:
        # Only a single thread knows the places of rows.
        return _table(data, written, width, leave_out), odd
    except pa.ArrowInvalid:
        return None


def _table(
    data: bytes, written: Dialect, width: int, leave_out: Callable[..., str] | None = None
) -> pa.Table:
    places = [f"f{i}" for i in range(width)]
    return arrow_csv.read_csv(
        pa.py_buffer(data),
        arrow_csv.ReadOptions(column_names=places, block_size=1 << 22, use_threads=leave_out is None),
        arrow_csv.ParseOptions(
            delimiter=written.delimiter, newlines_in_values=b'"' in data, invalid_row_handler=leave_out
        ),
        arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(places, pa.large_string()), strings_can_be_null=False, check_utf8=False
        ),
    )


def _without_headers(table: pa.Table, header: Sequence[str]) -> tuple[pa.Table, int]:
    """The rows without those that say the header once more, and how many these were."""
    same = pc.equal(table.column(0), header[0])
    for place in range(1, len(header)):
        if not pc.any(same).as_py():
            return table, 0
        same = pc.and_(same, pc.equal(table.column(place), header[place]))
    count = pc.sum(same).as_py() or 0
    return (table.filter(pc.invert(same)) if count else table), count


def _without_end(table: pa.Table, width: int) -> tuple[pa.Table, int]:
    """The rows without totals at the end, and how many these were."""
    last = table.slice(max(0, len(table) - _AT_THE_END))
    rows = [list(row.values()) for row in last.to_pylist()]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    _, totals = ending(rows, width) if len(rows) > 2 else (0, 0)
    return table.slice(0, len(table) - (len(last) - len(rows)) - totals), totals
