"""SQLite databases: one of their tables, opened for reading only."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pandas import DataFrame

from core import reading
from core.errors import FileError
from core.readers._frame import frame
from core.readers._typed import refuse_shape
from core.reading import Reading
from core.recipes import column_names
from core.words import mark

LABEL = mark("SQLite database")
HELP = mark("One table of a database in a file; of several, the largest is read, and another can be chosen.")
SUFFIXES = (".sqlite", ".sqlite3", ".db", ".db3")
SEVERAL = True

_START = b"SQLite format 3\0"
_MOST_TEXT = 50_000_000
_ROWS_AT_ONCE = 50_000
# Views are not looked at: what stands in them is a program that the file's maker wrote, and it can run for ever.
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'"


def recognises(path: Path, head: bytes) -> bool:
    return head.startswith(_START)


def read(path: Path, part: str = "") -> Reading:
    """The table, whole numbers and texts as they stand, other numbers with all their digits, nothing as the empty text.

    Args:
        part: Which table; the one with the most rows if left out.

    Raises:
        FileError: If the file is damaged or locked, or holds no table with rows.
    """
    try:
        with _opened(path) as base:
            sizes = _sizes(base)
            if not sizes:
                raise FileError(
                    mark("“{name}” is a database without tables.", name=path.name[:80]),
                    mark("Take the file that holds the table, or save the table as CSV."),
                )
            chosen = (
                reading.chosen(path, part, list(sizes)) if part else max(sizes, key=lambda name: sizes[name])
            )
            made = _table(path, base, chosen, sizes[chosen])
    except (sqlite3.Error, MemoryError) as error:
        raise FileError(
            mark(
                "“{name}” is damaged, cut off or encrypted: it cannot be opened as a database.",
                name=path.name[:80],
            ),
            mark("Copy it once more while no program is writing to it, or save the table as CSV."),
        ) from error
    how: dict[str, Any] = {"table": chosen}
    if len(sizes) == 1:
        return Reading(made, how)
    note = mark(
        "Table “{part}” was read, one of {count} in the database.", part=chosen[:80], count=len(sizes)
    )
    return Reading(made, {**how, "part": chosen, "parts": list(sizes)}, (note,))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, so that nothing can be written, no other file attached and no code loaded from it."""
    base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_TEXT)
        base.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
        for setting in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            base.execute(f"PRAGMA {setting}")
        yield base
    finally:
        base.close()


def _sizes(base: sqlite3.Connection) -> dict[str, int]:
    """The rows of each table, by its name."""
    names = [name for (name,) in base.execute(_TABLES)]
    return {
        name: base.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0] for name in names[:1000]
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _table(path: Path, base: sqlite3.Connection, name: str, rows: int) -> DataFrame:
    # Columns that are computed are programs of the file's maker, as views are.
    info = base.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
    names = [str(column) for column, hidden in info if not hidden]
    refuse_shape(path, names, rows)
    listed = ", ".join(map(_quoted, names))
    cursor = base.execute(f"SELECT {listed} FROM {_quoted(name)}")
    columns: list[list[str]] = [[] for _ in names]
    while batch := cursor.fetchmany(_ROWS_AT_ONCE):
        for column, values in zip(columns, zip(*batch, strict=True), strict=True):
            column.extend(map(_text, values))
    return frame(column_names(names), columns)


def _text(value: Any) -> str:
    """A value as text; bytes as text where they are text, else as hexadecimal digits.

    Example:
        >>> _text(None), _text(3), _text(0.1), _text(b"caf\\xc3\\xa9"), _text(b"\\xff\\x00")
        ('', '3', '0.1', 'café', 'ff00')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bytes):
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            return value.hex()
        return text if "\0" not in text else value.hex()
    return repr(value)
