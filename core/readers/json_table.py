"""JSON in the forms in which tables are written."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pandas import DataFrame

from core import reading
from core.errors import FileError
from core.readers._encoding import decode
from core.readers._records import by_columns, cell, parsed_from, table, table_of_records
from core.readers._rows import layout, tidy
from core.reading import Reading
from core.words import Sentence, mark

LABEL = mark("JSON")
HELP = mark(
    "Objects as rows, or lists as columns; what is nested gets columns such as address.city, and lists are joined by semicolons."
)
SUFFIXES = (".json", ".geojson")
SEVERAL = True

MOST_BYTES = 600_000_000  # in memory a document takes many times its size
ID = "id"
_START = re.compile(r'\s*(\{\s*["}]|\[\s*\{)')
_SPACE = re.compile(r"[\s\ufeff\x00\x1e,]*")
_DEEP = 4
Make = Callable[[Path], DataFrame]


def recognises(path: Path, head: bytes) -> bool:
    """By its beginning; a list of lists or values only if it is called JSON, since logs begin so, too."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    start = (head[:2000].replace(b"\0", b"")[2:] if wide else head[:2000]).decode(
        "utf-8-sig", errors="ignore"
    )
    if path.suffix.lower() in SUFFIXES:
        return start.lstrip()[:1] in ("{", "[")
    return bool(_START.match(start))


def read(path: Path, part: str = "") -> Reading:
    """The table, numbers with the digits that they have in the file, true and false as they stand, nothing as the empty text.

    Args:
        part: Which list of a document that holds several, by the keys that lead to it; the longest if left out.

    Raises:
        FileError: If it is damaged, cut off, too large, nested too deeply, or holds no rows.
    """
    _refuse_large(path)
    text, encoding, _ = decode(path, path.read_bytes())
    try:
        made = _reading(path, _value(path, text), part)
    except RecursionError:
        raise FileError(
            mark(
                "“{name}” is nested too deeply: objects in objects, hundreds of times.", name=path.name[:80]
            ),
            mark("Write the table as a list with an object for each row, or as CSV."),
        ) from None
    return Reading(made.table, {**made.how, "encoding": encoding}, made.notes)


def _refuse_large(path: Path) -> None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise FileError(
            mark("“{name}” is JSON of {size:.1f} GB, which has to be read in one piece.",
                 name=path.name[:80], size=size / 1e9),
            mark("Write it as JSON Lines, one object in each line, or as Parquet or CSV, and take that."),
        )  # fmt: skip


def _value(path: Path, text: str) -> Any:
    """The document; several, one after the other, as a list."""
    values, place = [], _SPACE.match(text).end()  # type: ignore[union-attr]
    while place < len(text):
        try:
            value, place = parsed_from(text, place)
        except ValueError as error:
            at = getattr(error, "pos", place)
            line = text.count("\n", 0, at) + 1
            cut = not text[at:].strip() or "Unterminated" in str(error)
            raise FileError(
                mark("“{name}” is cut off: it ends in line {line:,} before its brackets are closed.",
                     name=path.name[:80], line=line) if cut
                else mark("“{name}” is broken JSON: line {line:,} cannot be read, at “{part}”.",
                          name=path.name[:80], line=line, part=text[at : at + 40].split("\n")[0]),
                mark("Write the file once more, or save the table as CSV."),
            ) from None  # fmt: skip
        values.append(value)
        place = _SPACE.match(text, place).end()  # type: ignore[union-attr]
    return values[0] if len(values) == 1 else values


def _reading(path: Path, value: Any, part: str) -> Reading:
    tables = _tables(value)
    names = list(tables)
    found = reading.chosen(path, part, names) if part else max(names, key=lambda name: tables[name][0])
    made, notes = tables[found][1](path)
    if len(names) == 1:
        return Reading(made, {"header": True}, notes)
    told = mark("The list “{part}” was read, one of {count} in the file.", part=found[:80], count=len(names))
    return Reading(made, {"header": True, "part": found, "parts": names}, (told, *notes))


Tables = Mapping[str, tuple[int, Callable[[Path], tuple[DataFrame, tuple[Sentence, ...]]]]]


def _tables(value: Any) -> Tables:
    """Every table of a document by its name, with its length and how it is made."""
    if isinstance(value, dict) and (whole := _whole(value)):
        return {"": (1, lambda path: (whole(path), ()))}
    lists = dict(_lists(value)) if isinstance(value, dict) else {"": value}
    if not lists:
        return {"": (1, lambda path: (table_of_records(path, [value]), ()))}
    return {name: (len(rows), lambda path, rows=rows: _of_list(path, rows)) for name, rows in lists.items()}


def _of_list(path: Path, rows: Any) -> tuple[DataFrame, tuple[Sentence, ...]]:
    rows = rows if isinstance(rows, list) else [rows]
    if rows and all(isinstance(row, list) for row in rows):
        cells = [[cell(v) for v in row] for row in rows]
        cells = [row for row in cells if any(text.strip() for text in row)]
        if cells and max(map(len, cells)) <= reading.MOST_COLUMNS:
            made = tidy(cells, layout(cells))
            return table(path, made.names, made.columns), made.notes
    return table_of_records(path, rows), ()


def _lists(value: Mapping[str, Any], path: tuple[str, ...] = ()) -> list[tuple[str, list[Any]]]:
    """Lists of objects or of lists, wherever they lie in objects, by the keys that lead to them."""
    found = []
    for key, inner in value.items():
        if isinstance(inner, list) and len(inner) > 0 and all(isinstance(v, (dict, list)) for v in inner):
            found.append((".".join((*path, key)), inner))
        elif isinstance(inner, dict) and len(path) < _DEEP:
            found += _lists(inner, (*path, key))
    return found


def _whole(value: Mapping[str, Any]) -> Make | None:
    """How the object as a whole is a table, or None where it is not."""
    columns, data, schema = value.get("columns"), value.get("data"), value.get("schema")
    if isinstance(columns, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        return lambda path: _split(path, columns, value.get("index"), data)
    if isinstance(schema, dict) and isinstance(schema.get("fields"), list) and isinstance(data, list):
        return lambda path: _with_schema(path, schema, data)
    inner = list(value.values())
    if (
        inner
        and all(isinstance(v, list) for v in inner)
        and not any(isinstance(c, (dict, list)) for v in inner for c in v)
    ):
        return lambda path: by_columns(path, value)
    if len(inner) > 1 and all(isinstance(v, dict) and v for v in inner):
        return _of_objects(value)
    return None


def _of_objects(value: Mapping[str, Mapping[str, Any]]) -> Make | None:
    """Objects by the id of their row; or columns by name, their cells by the row's number, as pandas writes."""
    if any(
        isinstance(v, list) and v and all(isinstance(c, dict) for c in v)
        for o in value.values()
        for v in o.values()
    ):
        return None  # lists of objects lie inside, which are more of a table
    first = list(next(iter(value.values())))
    if _counted(first) and all(list(inner) == first for inner in value.values()):
        return lambda path: by_columns(path, {name: list(inner.values()) for name, inner in value.items()})
    return lambda path: table_of_records(path, ({_free(inner): key, **inner} for key, inner in value.items()))


def _free(record: Mapping[str, Any]) -> str:
    return "key" if ID in record else ID


def _counted(index: Sequence[Any]) -> bool:
    return bool(index) and all(str(key) == str(place) for place, key in enumerate(index))


def _split(path: Path, columns: Sequence[Any], index: Any, data: Sequence[Sequence[Any]]) -> DataFrame:
    """pandas' form of names, index and rows. An index that only counts the rows is no column."""
    names = [cell(name) for name in columns]
    rows = [[cell(v) for v in row] for row in data]
    width = max([len(names), *map(len, rows)])
    names += [""] * (width - len(names))
    made: list[Sequence[str]] = [
        [row[i] if i < len(row) else "" for row in rows] for i in range(min(width, 10_000))
    ]
    if isinstance(index, list) and len(index) == len(rows) and not _counted(index):
        names, made = ["index", *names], [[cell(v) for v in index], *made]
    return table(path, names[: len(made)], made)


def _with_schema(path: Path, schema: Mapping[str, Any], data: Sequence[Any]) -> DataFrame:
    """pandas' form with a description of the columns. An index that only counts the rows is no column."""
    made = table_of_records(path, data)
    if schema.get("primaryKey") == ["index"] and "index" in made and _counted(made["index"].tolist()):
        made = made.drop(columns="index")
    return made
