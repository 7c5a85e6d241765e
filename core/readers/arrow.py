"""Feather and Arrow: columns with their types, as they lie in memory."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import feather, ipc

from core.errors import FileError
from core.readers._typed import MOST_CELLS, refuse_shape, text_table
from core.reading import Reading
from core.words import mark

LABEL = mark("Feather or Arrow")
HELP = mark("Columns with their types, as Python and R hand tables on; numbers keep all their digits.")
SUFFIXES = (".feather", ".arrow", ".arrows", ".ipc")

_FILE, _OLD, _STREAM = b"ARROW1", b"FEA1", b"\xff\xff\xff\xff"


def recognises(path: Path, head: bytes) -> bool:
    """A file of Arrow or Feather by its first letters; a stream by its name too, for it begins plainly."""
    return head.startswith((_FILE, _OLD)) or (head.startswith(_STREAM) and path.suffix.lower() in SUFFIXES)


def read(path: Path) -> Reading:
    """The table, whole numbers without a point, dates as 2024-01-31, nothing as the empty text.

    Raises:
        FileError: If the file is damaged, has no rows, or more columns than can be used.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_FILE))
        table = feather.read_table(path, memory_map=False) if start.startswith(_OLD) else _table(path, start)
        table = pa.table([_checked(column) for column in table.columns], names=table.column_names)
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise FileError(
            mark("“{name}” is damaged or cut off: it cannot be opened as Arrow.", name=path.name[:80]),
            mark("Write the file once more, or save the table as Parquet or CSV."),
        ) from error
    return Reading(text_table(path, table), {"header": True})


def _table(path: Path, start: bytes) -> pa.Table:
    with pa.OSFile(str(path)) as source:
        if start.startswith(_FILE):
            opened = ipc.open_file(source)
            return _together(
                path, opened.schema, (opened.get_batch(i) for i in range(opened.num_record_batches))
            )
        stream = ipc.open_stream(source)
        return _together(path, stream.schema, iter(stream))


def _together(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> pa.Table:
    """The batches as one table; a few bytes can say that they are billions of rows."""
    kept, rows = [], 0
    for batch in batches:
        rows += batch.num_rows
        if rows * len(schema) > MOST_CELLS:
            break
        kept.append(batch)
    refuse_shape(path, schema.names, rows)
    return pa.Table.from_batches(kept, schema)


def _checked(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column, looked through value by value: in a file made by hand it may point anywhere in memory.

    Raises:
        pa.ArrowInvalid: If it does.
    """
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        raw = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}.get(column.type)
        if raw is None:
            raise
        # Bytes that are no text do no harm.
        column = pa.chunked_array([chunk.view(raw) for chunk in column.chunks], raw)
        column.validate(full=True)
    return column
