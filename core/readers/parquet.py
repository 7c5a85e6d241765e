"""Parquet files: values become text from which the same values can be read."""

from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from core.errors import FileError
from core.readers._typed import refuse_shape, text_table
from core.reading import Reading
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
    try:
        file = parquet.ParquetFile(path)
        refuse_shape(path, file.schema_arrow.names, file.metadata.num_rows)
        table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise FileError(
            mark("“{name}” is damaged or cut off: it cannot be opened as Parquet.", name=path.name[:80]),
            mark("Write the file once more, or save the table as CSV."),
        ) from error
    return Reading(text_table(path, table), {"header": True})
