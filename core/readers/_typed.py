"""Tables whose columns have types become text from which the same values can be read."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from pandas import DataFrame
from pyarrow import compute

from core.errors import FileError
from core.readers._frame import frame
from core.reading import MOST_COLUMNS
from core.recipes import column_names
from core.words import mark

MOST_CELLS = 1_000_000_000


def refuse_shape(path: Path, names: Sequence[str], rows: int) -> None:
    """Raises FileError where there is nothing in the table, or more than can be used."""
    name = path.name[:80]
    if len(names) > MOST_COLUMNS:
        raise FileError(
            mark("“{name}” has {count:,} columns.", name=name, count=len(names)),
            mark(
                "Keep at most {most:,} columns: those that may help to answer your question.",
                most=MOST_COLUMNS,
            ),
        )
    if not rows or not names:
        raise FileError(
            mark("“{name}” has a header but no rows.", name=name),
            mark("Write the table once more, with its rows."),
        )
    if rows * len(names) > MOST_CELLS:
        raise FileError(
            mark("“{name}” says that it has {rows:,} rows, more than can be used.", name=name, rows=rows),
            mark("Take a part of the rows: some millions are nearly always enough."),
        )


def text_table(path: Path, table: pa.Table) -> DataFrame:
    """The table as text; the fields of records get columns of their own, such as `address.city`."""
    while any(pa.types.is_struct(kind) for kind in table.schema.types) and table.num_columns <= MOST_COLUMNS:
        table = table.flatten()
    refuse_shape(path, table.column_names, len(table))
    return frame(column_names(table.column_names), [text_of(column) for column in table.columns])


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
