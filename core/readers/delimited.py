"""Text files with a mark between the cells: CSV, TSV and their relatives."""

from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from core.errors import FileError
from core.readers._delimiter import Dialect, dialect, rows_above_empty_line, rows_of
from core.readers._encoding import decode
from core.readers._frame import frame
from core.readers._known import refuse_other_kinds
from core.readers._rows import Layout, layout, tidy, title_notes
from core.reading import MOST_COLUMNS, Reading
from core.recipes import column_names
from core.words import Sentence, mark

LABEL = mark("CSV or other text table")
HELP = mark("Cells divided by commas, semicolons, tabs or another mark, in any usual encoding.")
SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".dat", ".psv", ".data")

_SAMPLE = 300_000


def recognises(path: Path, head: bytes) -> bool:
    """Text is taken whatever the file is called."""
    return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def read(path: Path) -> Reading:
    """The table, every cell as it is written in the file.

    Raises:
        FileError: If it is no text, or holds no row of values.
    """
    data = path.read_bytes()
    refuse_other_kinds(path, data)
    text, encoding, broken = decode(path, data)
    notes = []
    if broken:
        notes.append(
            mark(
                "{count} character could not be read and is shown as �.",
                plural="{count:,} characters could not be read and are shown as �.", count=broken,
            )
        )  # fmt: skip
    text, told = _told_delimiter(text)
    written = Dialect(told) if told else dialect(text)
    sample = rows_of(text[: _whole_lines(text)], written)
    if not sample:
        raise FileError(
            mark("“{name}” is empty.", name=path.name[:80]),
            mark("Export the table once more, with its rows."),
        )
    found = layout(sample, rows_above_empty_line(text[:_SAMPLE], written))
    table, mended = _fast(text, written, found, sample) or _careful(path, text, written, found)
    how = {"encoding": encoding, **written.to_json(), "header": found.header, "lines_above": found.first}
    if not len(table):
        raise FileError(
            mark("“{name}” has a header but no rows.", name=path.name[:80]),
            mark("Export the table once more, with its rows."),
        )
    return Reading(table, how, (*notes, *mended))


def _told_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;`, taken off."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    return (rest, first[4:]) if first.lower().startswith("sep=") and len(first) == 5 else (text, "")


def _whole_lines(text: str) -> int:
    """Where the beginning ends that is looked at, at the end of a line."""
    if len(text) <= _SAMPLE:
        return len(text)
    end = max(text.rfind("\n", 0, _SAMPLE), text.rfind("\r", 0, _SAMPLE))
    return end + 1 if end > 0 else _SAMPLE


def _is_clean(text: str, written: Dialect, found: Layout, sample: list[list[str]]) -> bool:
    """Whether the beginning looks as if Arrow's reader and the careful way would agree."""
    table = sample[found.first :]
    named = not found.header or all(name.strip() for name in table[0])
    even = 2 <= found.width <= MOST_COLUMNS and all(len(row) == found.width for row in table)
    plain = not (written.spaced or written.escaped) and text.count('"') % 2 == 0
    return named and even and plain and not any("\n" in cell for row in sample[: found.first] for cell in row)


def _below(text: str, lines: int) -> str:
    """The text without its first lines, empty ones not counted."""
    if not lines:
        return text
    beginning = text[:_SAMPLE].splitlines(keepends=True)
    filled = [place for place, line in enumerate(beginning) if line.strip()]
    return text[sum(map(len, beginning[: filled[lines]])) :]


def _fast(text: str, written: Dialect, found: Layout, sample: list[list[str]]):
    """The table by Arrow's reader, many times faster, or None where the file is not that clean."""
    if not _is_clean(text, written, found, sample):
        return None
    text = _below(text, found.first)
    header = sample[found.first] if found.header else [""] * found.width
    places = [f"f{i}" for i in range(found.width)]
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(text.encode("utf-8", errors="replace")),
            arrow_csv.ReadOptions(column_names=places, block_size=1 << 22),
            arrow_csv.ParseOptions(delimiter=written.delimiter, newlines_in_values='"' in text),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(places, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    table = table.slice(1) if found.header else table
    last_is_empty = len(table) and not any(
        table.column(i)[len(table) - 1].as_py().strip() for i in range(found.width)
    )
    if last_is_empty or not len(table):
        return None
    return frame(column_names(header), table.columns), title_notes(sample, found)


def _careful(
    path: Path, text: str, written: Dialect, found: Layout
) -> tuple["pa.Table", tuple[Sentence, ...]]:
    rows = rows_of(text, written)
    notes: tuple[Sentence, ...] = ()
    if written.quoted and text.count('"') % 2 and any("\n" in cell for cell in rows[-1]):
        # A quote that is never closed swallows the rest of the file.
        rows = rows_of(text, Dialect(written.delimiter, quoted=False))
        notes = (
            mark("A quotation mark is never closed, so quotation marks were taken as part of the cells."),
        )
    most = max(map(len, rows))
    if most > MOST_COLUMNS:
        raise FileError(
            mark("“{name}” has {count:,} columns.", name=path.name[:80], count=most),
            mark(
                "Keep at most {most:,} columns: those that may help to answer your question.",
                most=MOST_COLUMNS,
            ),
        )
    made = tidy(rows, found)
    return frame(made.names, made.columns), (*notes, *made.notes)
