"""Pictures that lie together in an archive: found, and read by name from where they lie; nothing is ever unpacked to disk."""

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from core.errors import FileError
from core.words import Sentence, mark

SUFFIXES = (".png", ".jpg", ".jpeg", ".jfif", ".webp", ".bmp", ".gif", ".tif", ".tiff")
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".parquet", ".json", ".jsonl")
MOST_FILES = 1_000_000
MOST_BYTES_UNPACKED = 50_000_000_000
MOST_BYTES_EACH = 300_000_000
LONGEST_NAME = 500
ENCRYPTED, IN_UTF8 = 0x1, 0x800
# What computers put beside pictures without being asked.
UNSEEN = ("__MACOSX",)
UNSEEN_FILES = ("thumbs.db", "desktop.ini")
SAME_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Contents:
    """What lies in an archive, in its order.

    Args:
        pictures: Files that are called like pictures, by their names.
        tables: Files that are called like tables, by their names.
        others: What is neither, by its names.
        refused: Names that no honest archive has, links, and files that are too large.
        locked: Names of files that are locked with a password.
    """

    pictures: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    tables: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    others: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)


def is_picture(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def contents(packed: zipfile.ZipFile, most_bytes: int | None = None) -> Contents:
    """What lies in the archive, by its own list; no file is opened, and one of more than `most_bytes` is refused."""
    found, most = Contents(), MOST_BYTES_EACH if most_bytes is None else most_bytes
    for entry in packed.infolist():
        name = name_of(entry)
        path = PurePosixPath(name)
        if entry.is_dir() or not path.parts or _is_unseen(path):
            continue
        if not _is_honest(entry, name, path, most):
            found.refused.append(name)
        elif entry.flag_bits & ENCRYPTED:
            found.locked.append(name)
        elif is_picture(name):
            found.pictures[name] = entry
        elif name.lower().endswith(TABLES):
            found.tables[name] = entry
        else:
            found.others[name] = entry
    return found


def name_of(entry: zipfile.ZipInfo) -> str:
    """The file's name. Programs in China often write names in their own letters without saying so."""
    name = entry.filename
    if not entry.flag_bits & IN_UTF8 and not name.isascii():
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gbk"):
            try:
                return raw.decode(encoding).replace("\\", "/")
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _is_unseen(path: PurePosixPath) -> bool:
    hidden = path.name.startswith("._") or path.name.lower() in UNSEEN_FILES or path.name == ".DS_Store"
    return hidden or path.parts[0] in UNSEEN


def _is_honest(entry: zipfile.ZipInfo, name: str, path: PurePosixPath, most_bytes: int) -> bool:
    outside = path.is_absolute() or ".." in path.parts or path.parts[0].endswith(":")
    link = stat.S_ISLNK(entry.external_attr >> 16)
    plain = name.isprintable() and len(name) <= LONGEST_NAME
    return plain and not outside and not link and entry.file_size <= most_bytes


class Archive:
    """An archive's pictures by name. Several threads may read at once; close it, or use it in `with`.

    Raises:
        FileError: If the archive is damaged, or holds more than can be used.
    """

    def __init__(self, path: Path):
        self.path = path
        try:
            self._packed = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
            raise damaged(path) from error
        self.contents = contents(self._packed)
        entries = self._packed.infolist()
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES_UNPACKED:
            self.close()
            raise FileError(
                mark("“{name}” holds {count:,} files, more than can be used at once.", name=path.name[:80], count=len(entries)),
                mark("Take a part of the pictures: some thousand of each kind are nearly always enough."),
            )  # fmt: skip

    def find(self, name: str) -> bytes | None:
        """The picture's bytes, or None where there is no such picture or it cannot be unpacked."""
        entry = self.contents.pictures.get(name)
        return None if entry is None else self._read(entry)

    def table(self, name: str) -> bytes | None:
        """As `find`, of a table."""
        return self._read(self.contents.tables[name])

    def beginning(self, name: str, count: int) -> bytes:
        """The picture's first bytes; none where it cannot be unpacked."""
        return self._read(self.contents.pictures[name], count) or b""

    def _read(self, entry: zipfile.ZipInfo, count: int = -1) -> bytes | None:
        # A damaged entry makes the unpacker raise anything from zlib.error to EOFError.
        try:
            with self._packed.open(entry) as file:
                return file.read(count)
        except MemoryError:  # says nothing about the picture
            raise
        except Exception:  # whatever is wrong with it, this one picture cannot be had
            return None

    def close(self) -> None:
        self._packed.close()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Folder:
    """A folder's pictures by name, such as those that lie beside a table; nothing outside it is ever read."""

    def __init__(self, path: Path):
        self.path = path.resolve()

    def find(self, name: str) -> bytes | None:
        """The picture's bytes, or None where there is no such picture in the folder."""
        if not is_picture(name) or not name.isprintable():
            return None
        path = (self.path / name).resolve()
        inside = path.is_relative_to(self.path) and path.is_file()
        return path.read_bytes() if inside and path.stat().st_size <= MOST_BYTES_EACH else None


def damaged(path: Path) -> FileError:
    return FileError(
        mark("“{name}” is damaged or cut off: it cannot be opened as an archive.", name=path.name[:80]),
        mark("Pack the pictures into a zip once more, and take that."),
    )


def pack(source: Path, target: Path) -> None:
    """Write a folder's pictures and tables, or a single picture, into a zip; the same files always give the same bytes.

    Raises:
        FileError: If there is no picture.
    """
    files = sorted(_files(source)) if source.is_dir() else [(source.name, source)]
    if not any(is_picture(name) for name, _ in files):
        raise FileError(
            mark("The folder “{name}” holds no pictures.", name=source.name[:80]),
            mark("Choose a folder with pictures such as PNG or JPEG, or a single table in it."),
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name, path in files:
            with (
                path.open("rb") as file,
                packed.open(zipfile.ZipInfo(name, SAME_DATE), "w", force_zip64=True) as out,
            ):
                while chunk := file.read(1 << 20):
                    out.write(chunk)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Pictures and tables below the folder with their names in it; folders that are links are not followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and name.lower().endswith((*SUFFIXES, *TABLES)) and path.is_file():
                yield path.relative_to(folder).as_posix(), path


def left_out(names: list[str], why: Sentence) -> Sentence:
    """A sentence about files of an archive that are not used."""
    return mark(
        "{count} file is left out ({why}): {names}.", plural="{count:,} files are left out ({why}), such as {names}.",
        count=len(names), why=why, names=[f"“{name[-60:]}”" for name in names[:5]],
    )  # fmt: skip
