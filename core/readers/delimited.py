"""Text files with a mark between the cells: CSV, TSV and their relatives."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import FileError
from core.readers._cells import LINE, Dialect, rows_of
from core.readers._delimiter import beginning, dialect
from core.readers._encoding import as_utf8
from core.readers._fast import fast
from core.readers._frame import frame
from core.readers._known import refuse_other_kinds
from core.readers._lines import lines_of
from core.readers._rows import Layout, layout, tidy
from core.reading import Reading, refuse_wide
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

LABEL = mark("CSV or other text table")
HELP = mark("Cells divided by commas, semicolons, tabs or another mark, in any usual encoding.")
SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".dat", ".psv", ".data")

_SAMPLE = 300_000
_LONGEST_LINE = 20_000_000  # bytes; a cell may hold a long text
_SMALL = 1_000_000  # bytes up to which the careful way is quick enough
_TOLD = re.compile(r"\ufeff?\"?sep=([^\r\n]{1,5}?)\"?(?:\r\n|\r|\n)", re.IGNORECASE)


def recognises(path: Path, head: bytes) -> bool:
    """Text is taken whatever the file is called."""
    return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def read(path: Path) -> Reading:
    """The table, every cell as it is written in the file.

    Raises:
        FileError: If it is no text, holds no row of values, or is written to meanwhile.
    """
    data = _bytes(path)
    refuse_other_kinds(path, data)
    data, encoding, broken = as_utf8(path, data)
    data = _straight(data)
    _refuse_endless_line(path, data)
    head = _whole_lines(data)
    told = _TOLD.match(head)
    skipped = told[0] if told else ""
    head = head[len(skipped) :]
    written = Dialect(told[1]) if told else dialect(head)
    within = None if written.delimiter else _within_quotes(head, written)
    written, outer = (within, written) if within else (written, None)
    widest = max(map(len, rows_of(head, written)), default=0)
    refuse_wide(path, widest)
    if not widest:
        raise FileError(
            mark("“{name}” is empty.", name=path.name[:80]),
            mark("Export the table once more, with its rows."),
        )
    notes = _broken(broken)
    found = fast(data, head, written) if len(data) > _SMALL and not (skipped or outer) else None
    if found:
        names, columns, mended, where = found
        table = frame(names, columns)
    else:
        text = data.decode("utf-8", errors="replace")[len(skipped) :]
        del data
        table, mended, where = _careful(path, _unwrapped(text, outer) if outer else text, written)
    how = {
        "encoding": encoding, **written.to_json(), "header": where.header, "lines_above": where.first,
    }  # fmt: skip
    if not len(table):
        raise FileError(
            mark("“{name}” has a header but no rows.", name=path.name[:80]),
            mark("Export the table once more, with its rows."),
        )
    return Reading(table, how, (*notes, *mended))


def _bytes(path: Path) -> bytes:
    """All of the file, as it was at one moment."""
    before = path.stat()
    with path.open("rb") as file:
        data = file.read()
    after = path.stat()
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size) or len(
        data
    ) != after.st_size:
        raise FileError(
            mark("“{name}” was changed while it was read.", name=path.name[:80]),
            mark("Wait until the program that writes it has ended, and take it again."),
        )
    return data


def _within_quotes(head: str, outer: Dialect) -> Dialect | None:
    """How cells are divided where each line as a whole was put into quotes once more, None where that is not so."""
    lines = [line for line in LINE.split(head) if line.strip()]
    if outer.quote != '"' or len(lines) < 3 or not all(line[0] == line.rstrip()[-1] == '"' for line in lines):
        return None
    inner = _unwrapped(head, outer)
    within = dialect(inner)
    widths = {len(row) for row in rows_of(inner, within) if row}
    # Quotes around sentences are there because of their commas: all lines must be even, the names included.
    return within if within.delimiter and len(within.delimiter.strip(" ")) and len(widths) == 1 else None


def _unwrapped(text: str, outer: Dialect) -> str:
    return "\n".join(row[0] for row in rows_of(text, outer) if row)


def _whole_lines(data: bytes) -> str:
    """The beginning of the file, up to the end of a line."""
    head = data[:_SAMPLE].decode("utf-8", errors="ignore")
    return head if len(data) <= _SAMPLE else beginning(head, len(head) - 1)


def _straight(data: bytes) -> bytes:
    """The text with plain quotes round cells where a word processor made them curly."""
    lines = [line.strip() for line in data[:_SAMPLE].splitlines()[:50]]
    curly = [line for line in lines if line.startswith("“".encode()) and line.endswith("”".encode())]
    if len(curly) < 3 or len(curly) < 0.9 * len(lines):
        return data
    data = re.sub("(^|[\r\n,;\t|])“".encode(), rb'\1"', data)
    return re.sub("”(?=$|[\r\n,;\t|])".encode(), b'"', data)


def _broken(count: int) -> tuple[Sentence, ...]:
    if not count:
        return ()
    return (
        mark(
            "{count} character could not be read and is shown as �.",
            plural="{count:,} characters could not be read and are shown as �.", count=count,
        ),
    )  # fmt: skip


def _refuse_endless_line(path: Path, data: bytes) -> None:
    beginning = data[:_LONGEST_LINE]
    if len(data) > _LONGEST_LINE and b"\n" not in beginning and b"\r" not in beginning:
        raise FileError(
            mark("The first line of “{name}” has more than {most:,} characters.", name=path.name[:80], most=_LONGEST_LINE),
            mark("Export the table once more, each row on a line of its own."),
        )  # fmt: skip


def _careful(path: Path, text: str, written: Dialect) -> tuple["DataFrame", tuple[Sentence, ...], Layout]:
    """The table row by row, whatever stands around it."""
    parsed = lines_of(rows_of(text, written), written.delimiter)
    refuse_wide(path, max(map(len, parsed.rows)))
    where = layout(parsed.rows, parsed.gaps)
    made = tidy(parsed.rows, where, written.delimiter)
    return frame(made.names, made.columns), (*parsed.notes, *made.notes), where
