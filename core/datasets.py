"""Data sets, known by the hash of their content: the file as it came, its table as text, its profile.

data/<id>/raw/<file>      the file as it came; a folder of pictures as a zip
data/<id>/table.parquet   the same as a table of text
data/<id>/profile.json    facts and worries
data/<id>/thumbnails/     small copies of a few pictures
data/<id>/about.json      name, size, how it was read
"""

import hashlib
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core import home
from core.errors import DataError
from core.pictures import Archive, pack
from core.reading import read
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

    from core.profile import Profile

Progress = Callable[[float, Sentence], None]
_ID = re.compile(r"[0-9a-f]{16}")
_CHUNK = 1 << 20
_LOOKED_AT, _REPEATING = 20_000, 0.5
_ABANDONED_SECONDS = 24 * 3600


@dataclass(frozen=True)
class DataSet:
    """One table.

    Args:
        id: The first 16 hexadecimal digits of the file's SHA-256.
        name: What the user calls it.
        rows: Rows without the header.
        columns: Names in the table's order.
        source: The name of the file as it came.
        created: Seconds since 1970.
        how: How the file was understood.
        notes: What the reader mended.
    """

    id: str
    name: str
    rows: int
    columns: tuple[str, ...]
    source: str
    created: float
    how: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Sentence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "columns": list(self.columns), "notes": [n.to_json() for n in self.notes]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "DataSet":
        notes = tuple(map(Sentence.from_json, data["notes"]))
        return cls(**{**data, "columns": tuple(data["columns"]), "notes": notes})


def add(path: Path, name: str | None = None, progress: Progress | None = None, part: str = "") -> DataSet:
    """The data set of this file or folder of pictures, read and kept in the workspace; the same again gives the same one.

    Args:
        part: Which table of a file that holds several, such as a sheet; the reader's own choice if left out.

    Raises:
        FileError: If the file is not there, or holds no table that can be read.
    """
    path, say_progress = Path(path), progress or (lambda share, text: None)
    _sweep()
    making = home.folder("data", f".new-{os.getpid()}-{secrets.token_hex(6)}")
    try:
        say_progress(0.0, mark("Copying the file"))
        raw = making / "raw" / safe_file_name(f"{path.resolve().name}.zip" if path.is_dir() else path.name)
        id = _copy(path, raw)
        if part:  # the same file gives another data set for each of its tables
            id = hashlib.sha256(f"{id} {part}".encode(errors="replace")).hexdigest()[:16]
        if not exists(id):
            _make(making, raw, id, name or Path(path.name).stem, path.name, say_progress, part)
            _put_in_place(making, folder(id))
        say_progress(1.0, mark("Ready"))
        return load(id)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copy(path: Path, raw: Path) -> str:
    """Copy the file in pieces, a folder as a zip; the answer is its id."""
    raw.parent.mkdir()
    if path.is_dir():
        pack(path, raw)
        with raw.open("rb") as packed:
            return hashlib.file_digest(packed, "sha256").hexdigest()[:16]
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source, raw.open("wb") as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        read(path)  # says in two sentences what is the matter
        raise
    return digest.hexdigest()[:16]


def _make(making: Path, raw: Path, id: str, name: str, source: str, progress: Progress, part: str) -> None:
    from core import thumbnails  # noqa: PLC0415 - gate: NumPy is not needed to list data sets
    from core.profile import profile as look  # noqa: PLC0415 - the same gate

    progress(0.1, mark("Reading the table"))
    reading = read(raw, part)
    progress(0.6, mark("Looking at the columns"))
    home.write_json(
        making / "profile.json", look(reading.table, pictures=reading.how.get("pictures", ())).to_json()
    )
    progress(0.9, mark("Keeping the table"))
    keep_table(reading.table, making / "table.parquet")
    columns = tuple(str(column) for column in reading.table.columns)
    about = DataSet(
        id, clean_name(name), len(reading.table), columns, clean_name(source), time.time(), reading.how, reading.notes
    )  # fmt: skip
    if reading.how.get("pictures"):
        label = reading.how["label"]
        with Archive(raw) as archive:
            names = reading.table[reading.how["pictures"][0]].tolist()
            thumbnails.write(making, archive, names, reading.table[label].tolist() if label else None)
    home.write_json(making / "about.json", about.to_json())


def keep_table(table: "DataFrame", path: Path) -> None:
    """Write a table of text as Parquet, in pieces of which a few can be read alone."""
    import pyarrow as pa  # noqa: PLC0415 - gate to a heavy library
    from pyarrow import parquet  # noqa: PLC0415 - gate to a heavy library

    kept = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    some = kept.slice(0, _LOOKED_AT)
    # A list of values costs time and saves nothing where they hardly repeat.
    repeating = [
        name for name in kept.column_names if len(some.column(name).unique()) <= _REPEATING * len(some)
    ]
    # Nobody asks for the least and the greatest text.
    parquet.write_table(
        kept, path, compression="zstd", row_group_size=65_536, use_dictionary=repeating or False,
        write_statistics=False,
    )  # fmt: skip


def _put_in_place(making: Path, final: Path) -> None:
    """Rename the finished folder; if somebody else was first with the same file, theirs stays."""
    try:
        making.rename(final)
    except OSError:
        if not (final / "about.json").exists():
            raise


def _sweep() -> None:
    """Remove what a process left half made that died a day ago."""
    for left in home.folder("data").glob(".new-*"):
        try:
            old = time.time() - left.stat().st_mtime > _ABANDONED_SECONDS
        except FileNotFoundError:
            continue
        if old:
            shutil.rmtree(left, ignore_errors=True)


def safe_file_name(name: str) -> str:
    """A name under which the file can be kept here, whatever it was called.

    Example:
        >>> safe_file_name("../../etc/pass\\u202ewd.csv")
        'passwd.csv'
    """
    name = clean_name(name.replace("\\", "/").rsplit("/", 1)[-1])
    name = re.sub(r'[<>:"|?*]', "_", name).strip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 12:
        stem, suffix = name, ""
    # File systems count bytes: 50 Chinese characters are 150.
    short = stem.encode()[:150].decode(errors="ignore").strip(". ") or "file"
    return f"{short}.{suffix}" if suffix else short


def clean_name(name: str) -> str:
    """The name without control characters and marks that turn the direction of writing."""
    kept = "".join(c if c.isprintable() else " " for c in name if unicodedata.category(c) != "Cf")
    kept = kept.encode("utf-8", errors="replace").decode()
    return " ".join(kept.split())[:200] or "data"


def folder(id: str) -> Path:
    """Where the data set lies. Raises DataError for what is no id."""
    if not _ID.fullmatch(id):
        raise _unknown(id)
    return home.folder("data") / id


def exists(id: str) -> bool:
    return (folder(id) / "about.json").exists()


def load(id: str) -> DataSet:
    """Raises DataError if there is no such data set."""
    try:
        return DataSet.from_json(home.read_json(folder(id) / "about.json"))
    except FileNotFoundError:
        raise _unknown(id) from None


def everything() -> list[DataSet]:
    """All data sets, the newest first."""
    found = [DataSet.from_json(home.read_json(p)) for p in home.folder("data").glob("[!.]*/about.json")]
    return sorted(found, key=lambda data: -data.created)


def table(id: str, columns: Sequence[str] | None = None) -> "DataFrame":
    """The table of text, or some of its columns.

    Raises:
        DataError: If there is no such data set or column.
    """
    from pyarrow import parquet  # noqa: PLC0415 - gate to a heavy library

    if columns is not None:
        known = set(load(id).columns)
        unknown = [column for column in columns if column not in known]
        if unknown:
            raise DataError(
                mark("The table has no column “{column}”.", column=str(unknown[0])[:80]),
                mark("Take one of these: {columns}.", columns=load(id).columns[:30]),
            )
    return parquet.read_table(_table_path(id), columns=None if columns is None else list(columns)).to_pandas()


def cells(id: str, rows: Sequence[int], columns: Sequence[str]) -> list[list[str]]:
    """The texts of a few rows in these columns; of a large table only the pieces with these rows are read.

    Raises:
        DataError: If there is no such data set.
    """
    from pyarrow import parquet  # noqa: PLC0415 - gate to a heavy library

    found: dict[int, list[str]] = {}
    with parquet.ParquetFile(_table_path(id)) as file:
        first = 0
        for group in range(file.num_row_groups):
            after = first + file.metadata.row_group(group).num_rows
            here = [row for row in dict.fromkeys(rows) if first <= row < after]
            if here:
                piece = file.read_row_group(group, columns=list(columns)).take([row - first for row in here])
                texts = zip(*(piece.column(name).to_pylist() for name in columns), strict=True)
                found |= zip(here, map(list, texts), strict=True)
            first = after
    return [found[row] for row in rows]


def head(id: str, count: int = 50) -> "DataFrame":
    """The first rows; only these are read."""
    import pyarrow as pa  # noqa: PLC0415 - gate to a heavy library
    from pyarrow import parquet  # noqa: PLC0415 - gate to a heavy library

    with parquet.ParquetFile(_table_path(id)) as file:
        batches = file.iter_batches(batch_size=max(1, count))
        return pa.Table.from_batches([next(batches)], schema=file.schema_arrow).slice(0, count).to_pandas()


def pictures(id: str) -> Archive | None:
    """The pictures that the table's columns name, to be closed after use; None where there are none.

    Raises:
        DataError: If there is no such data set.
    """
    if not load(id).how.get("pictures"):
        return None
    return Archive(kept_file(id))


def kept_file(id: str) -> Path:
    """The file as it came. Raises DataError if there is no such data set."""
    load(id)
    return next((folder(id) / "raw").iterdir())


def _table_path(id: str) -> Path:
    load(id)
    return folder(id) / "table.parquet"


def profile(id: str) -> "Profile":
    """Facts and worries, as they were found when the data set was added."""
    from core.profile import Profile  # noqa: PLC0415 - gate: NumPy is not needed to list data sets

    load(id)
    return Profile.from_json(home.read_json(folder(id) / "profile.json"))


def delete(id: str) -> None:
    """Remove the data set with its file; runs made from it keep their models."""
    going = folder(id).with_name(f".new-deleted-{secrets.token_hex(6)}")
    try:
        folder(id).rename(going)
    except FileNotFoundError:
        raise _unknown(id) from None
    shutil.rmtree(going, ignore_errors=True)


def _unknown(id: str) -> DataError:
    return DataError(
        mark("There is no data set “{id}” here.", id=str(id)[:60]),
        mark("Add the file once more, or take a sample."),
    )
