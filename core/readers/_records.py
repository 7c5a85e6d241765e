"""Values of JSON become columns of text: what is nested gets a column of its own, called by its path."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pandas import DataFrame

from core.errors import FileError
from core.readers._frame import frame
from core.reading import MOST_COLUMNS
from core.recipes import column_names
from core.words import mark

VALUE = "value"
DEEPEST = 20  # objects in objects; what lies deeper is written as JSON
MOST_CELLS = 400_000_000
Key = tuple[str, ...]


class Digits(str):
    """A number as its digits stand in the file."""

    __slots__ = ()


def parsed(text: str) -> Any:
    """The value, numbers as `Digits`. Raises ValueError or RecursionError where the text is no JSON."""
    return _DECODER.decode(text)


def parsed_from(text: str, place: int) -> tuple[Any, int]:
    """The value that begins at this place, and where it ends."""
    return _DECODER.raw_decode(text, place)


_DECODER = json.JSONDecoder(parse_float=Digits, parse_int=Digits, parse_constant=Digits, strict=False)


def cell(value: Any) -> str:
    """A plain value, or a list, as the text of a cell.

    Lists of plain values are joined by "; ", as labels are written in tables; other lists, and those in which a value
    holds ";" or a line break itself, are written as JSON.

    Example:
        >>> cell(parsed('["a", 1.50, true]')), cell(parsed('[[1, 2]]')), cell(parsed('["a;b", "c"]')), cell(None)
        ('a; 1.50; true', '[[1, 2]]', '["a;b", "c"]', '')
    """
    if isinstance(value, str):
        return value if value.isascii() else _plain(value)
    if isinstance(value, list) and not any(isinstance(v, (list, dict)) for v in value):
        texts = [cell(v) for v in value]
        if not any(";" in text or "\n" in text or "\r" in text for text in texts):
            return "; ".join(texts)
    if isinstance(value, (list, dict)):
        return written(value) if value else ""
    return "" if value is None else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # Half of a pair of surrogates is no character that could be kept.
    return str(value) if value.isascii() else value.encode("utf-8", errors="replace").decode()


def written(value: Any) -> str:
    """The value as JSON, its numbers as they stood."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(key)}: {written(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if value is None:
        return "null"
    return _plain(value) if isinstance(value, (bool, Digits)) else _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(_plain(text), ensure_ascii=False)


def flat(value: Any, path: Key = ()) -> Iterator[tuple[Key, str]]:
    """The cells of one record, each with the keys that lead to it; what is no object is one cell.

    Example:
        >>> list(flat({"name": "Ann", "address": {"city": "Rome"}}))
        [(('name',), 'Ann'), (('address', 'city'), 'Rome')]
    """
    if not isinstance(value, dict) or len(path) >= DEEPEST:
        yield path or (VALUE,), cell(value)
        return
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from flat(inner, (*path, key))
        else:
            yield (*path, key), cell(inner)


def table_of_records(path: Path, records: Iterable[Any]) -> DataFrame:
    """A row for each record, a column for each key in the order of first sight; a missing key is an empty cell."""
    columns: dict[Key, list[str]] = {}
    rows = 0
    for rows, record in enumerate(records, 1):
        for key, text in flat(record):
            column = columns.get(key)
            if column is None:
                column = columns.setdefault(key, [])
            column.extend([""] * (rows - 1 - len(column)))
            column.append(text)
        if len(columns) > MOST_COLUMNS or rows * len(columns) > MOST_CELLS:
            raise _too_many(path, len(columns), rows)
    for column in columns.values():
        column.extend([""] * (rows - len(column)))
    return table(path, [".".join(key) for key in columns], list(columns.values()))


def table(path: Path, names: Sequence[str], columns: Sequence[Sequence[str]]) -> DataFrame:
    """The table. Raises FileError where there are no rows in it, or too many columns."""
    if not columns or not len(columns[0]):
        raise FileError(
            mark("“{name}” holds no rows.", name=path.name[:80]),
            mark("Write the table once more, with its rows."),
        )
    if len(columns) > MOST_COLUMNS:
        raise _too_many(path, len(columns), len(columns[0]))
    return frame(column_names([_plain(name) for name in names]), columns)


def _too_many(path: Path, columns: int, rows: int) -> FileError:
    return FileError(
        mark("“{name}” has {count:,} or more columns, or too many for its {rows:,} rows.",
             name=path.name[:80], count=columns, rows=rows),
        mark("Keep at most {most:,} columns: those that may help to answer your question.", most=MOST_COLUMNS),
    )  # fmt: skip


def by_columns(path: Path, columns: Mapping[str, Sequence[Any]]) -> DataFrame:
    """A table from lists of cells by name, all equally long."""
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        short = min(columns, key=lambda name: len(columns[name]))
        raise FileError(
            mark("The columns in “{name}” are of different lengths: “{column}” has {count:,} cells, others have {most:,}.",
                 name=path.name[:80], column=short[:80], count=len(columns[short]), most=max(lengths)),
            mark("Write the table once more, all columns equally long, or with an object for each row."),
        )  # fmt: skip
    return table(path, list(columns), [[cell(v) for v in column] for column in columns.values()])
