"""Opens a file of SPSS, Stata or SAS, in a process of its own: a file that was made for it can break the library.

`python -m core.readers._readstat FILE KIND OUT` writes the table as text into an Arrow file, and what there is to say
about it, or why it is refused, on stdout as JSON.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import ipc

from core.errors import FileError
from core.readers._typed import MOST_CELLS, refuse_shape
from core.recipes import column_names

_ENCODINGS = ("", "WINDOWS-1252")


def main(path: Path, kind: str, out: Path) -> None:
    """Write the table; ends with an error where the library cannot open the file."""
    try:
        columns, about, plain = _opened(path, kind)
        names = list(columns)
        refuse_shape(path, names, max(map(len, columns.values()), default=0))
    except FileError as error:
        print(json.dumps({"error": error.to_json()}))
        return
    types, labels = about.readstat_variable_types, about.variable_value_labels
    texts = [_texts(columns[name], labels.get(name, {}), types.get(name) == "float") for name in names]
    table = pa.table(
        [pa.array(column, pa.large_string()) for column in texts],
        column_names([_text(name) for name in names]),
    )
    with ipc.new_file(out, table.schema) as file:
        file.write_table(table)
    print(json.dumps({"labelled": sorted(map(_text, labels)), "plain_dates": plain}))


def _opened(path: Path, kind: str) -> tuple[Mapping[str, Sequence[Any]], Any, bool]:
    """Columns of values by name, and what the library says about them; in the file's own encoding or, if that fails, the usual one."""
    import pyreadstat  # noqa: PLC0415 - gate: only these files need it

    reader: Callable[..., Any] = getattr(pyreadstat, f"read_{kind}")
    trouble: Exception | None = None
    for encoding in _ENCODINGS if kind != "por" else ("",):  # of which there is only one
        for plain in (False, True):
            try:
                return _tried(path, reader, encoding, plain)
            except OverflowError as error:
                trouble = error  # a date that no calendar has: all dates are left as numbers
            except (
                pyreadstat.ReadstatError,
                pyreadstat.PyreadstatError,
                ValueError,
                OSError,
                MemoryError,
            ) as error:
                trouble = error
                break
    raise trouble or ValueError(kind)


def _tried(
    path: Path, reader: Callable[..., Any], encoding: str, plain: bool
) -> tuple[Mapping[str, Sequence[Any]], Any, bool]:
    asked: dict[str, Any] = {"output_format": "dict", "disable_datetime_conversion": plain}
    if encoding:
        asked["encoding"] = encoding
    _, about = reader(str(path), metadataonly=True, **asked)
    refuse_shape(path, about.column_names, 1 if about.number_rows is None else about.number_rows)
    columns, about = reader(str(path), row_limit=MOST_CELLS // len(about.column_names), **asked)
    return columns, about, plain


def _texts(values: Sequence[Any], labels: Mapping[Any, str], single: bool) -> list[str]:
    """Each value's text, made once for equal ones."""
    made: dict[Any, str] = {}
    texts = []
    for value in values:
        text = made.get(value)
        if text is None:
            text = made.setdefault(value, str(labels.get(value) or _text(value, single)))
        texts.append(text)
    return texts


def _text(value: Any, single: bool = False) -> str:
    """A value as text.

    Args:
        single: Whether its number was kept in half the room, where 0.1 is no longer quite that.

    Example:
        >>> _text(3.0), _text(0.5), _text(0.10000000149011612, single=True), _text(date(2024, 1, 31)), _text(None)
        ('3', '0.5', '0.1', '2024-01-31', '')
    """
    if value is None or value != value:
        return ""
    if isinstance(value, (float, np.floating)):
        number = float(value)
        if number.is_integer() and abs(number) < 1e15:
            return str(int(number))
        return str(np.float32(number)) if single else repr(number)
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return str(value).encode("utf-8", errors="replace").decode()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
