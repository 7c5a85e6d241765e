"""Parquet files: values become text from which the same values can be read."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa
from pyarrow import compute, parquet

from core.errors import FileError
from core.readers._frame import frame
from core.reading import MOST_COLUMNS, Reading
from core.recipes import column_names
from core.words import mark

LABEL = mark("Parquet")
HELP = mark("Columns with their types, as data tools write them; numbers keep all their digits.")
SUFFIXES = (".parquet", ".pq")


def recognises(path: Path, head: bytes) -> bool:
    return head.startswith(b"PAR1")


def read(path: Path) -> Reading:
    """The table, whole numbers without a point, dates as 2024-01-31, nothing as the empty text.

    Raises:
        FileError: If the file is damaged, has no rows, or more columns than can be used.
    """
    name = path.name[:80]
    try:
        file = parquet.ParquetFile(path)
        width = len(file.schema_arrow)
        table = file.read() if width <= MOST_COLUMNS else None
    except (pa.ArrowException, OSError) as error:
        raise FileError(
            mark("“{name}” is damaged or cut off: it cannot be opened as Parquet.", name=name),
            mark("Write the file once more, or save the table as CSV."),
        ) from error
    if table is None:
        raise FileError(
            mark("“{name}” has {count:,} columns.", name=name, count=width),
            mark(
                "Keep at most {most:,} columns: those that may help to answer your question.",
                most=MOST_COLUMNS,
            ),
        )
    if not len(table) or not width:
        raise FileError(
            mark("“{name}” has a header but no rows.", name=name),
            mark("Write the table once more, with its rows."),
        )
    return Reading(
        frame(column_names(table.column_names), [text_of(c) for c in table.columns]), {"header": True}
    )


def text_of(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as Arrow text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return text_of(column.cast(kind.value_type))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _valid(compute.fill_null(column.cast(pa.large_string()), ""))
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_date(kind):
        return compute.fill_null(column.cast(pa.string()), "")
    return _through_distinct_values(column)


def _valid(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column, with � where a writer put bytes that are no text."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        cells = [
            cell.decode("utf-8", errors="replace") for cell in column.cast(pa.large_binary()).to_pylist()
        ]
        return pa.chunked_array([pa.array(cells, pa.large_string())])
    return column


def _through_distinct_values(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Python writes each distinct value once: its `repr` of a float is the shortest that reads back exactly."""
    try:
        coded = column.combine_chunks().dictionary_encode()
        values, places = coded.dictionary.to_pylist(), coded.indices
    except pa.ArrowNotImplementedError:
        # Lists and records cannot be counted; each cell is written as Python shows it.
        return pa.chunked_array([pa.array([_text(v) for v in column.to_pylist()], pa.string())])
    texts = pa.array([_text(v) for v in values], pa.string())
    return pa.chunked_array([compute.fill_null(texts.take(places), "")])


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, datetime):
        text = value.isoformat(" ")
        return text.removesuffix(" 00:00:00")
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
