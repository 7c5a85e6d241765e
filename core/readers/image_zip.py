"""Archives of pictures: a row for each, with its folder's name as the label; or the table that lies beside them."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from core import pixels
from core.errors import FileError
from core.pictures import Archive, contents, is_picture, left_out
from core.readers._frame import frame
from core.readers._labels import by_folders
from core.readers._unpacking import file_of
from core.reading import Reading
from core.reading import read as read_table
from core.words import Sentence, mark

LABEL = mark("Pictures in a zip")
HELP = mark("Pictures in folders that are called like what they show, or beside a table that names them.")
SUFFIXES = (".zip",)

PICTURE, NAME, SIDE = "picture", "label", "split"
HEADER_BYTES = 65_536
LEAST_FOUND = 0.5  # share of a column's values that have to name pictures


def recognises(path: Path, head: bytes) -> bool:
    """A zip with pictures that is no workbook; these may hold pictures too."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(path) as packed:
            if is_workbook(packed.namelist()):
                return False
            found = contents(packed)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False
    return bool(found.pictures) or any(map(is_picture, found.locked))


def is_workbook(names: Iterable[str]) -> bool:
    return any(name.startswith("xl/") or name in ("content.xml", "[Content_Types].xml") for name in names)


def read(path: Path) -> Reading:
    """The table: a column with the pictures' names in the archive, and what is said about them.

    `how["pictures"]` lists the columns that name pictures, `how["label"]` is the column made of folders or empty.

    Raises:
        FileError: If the archive is damaged, locked, or holds no picture that can be read.
    """
    with Archive(path) as archive:
        found = archive.contents
        if not found.pictures:
            raise FileError(
                mark("“{name}” is locked with a password.", name=path.name[:80]),
                mark("Pack it without a password, and take that."),
            )
        notes = _notes(archive)
        made = _by_table(archive)
    if made is None:
        made = _by_folders(list(found.pictures))
        if found.tables:
            notes.append(left_out(list(found.tables), mark("no column that names the pictures")))
    return Reading(made.table, made.how, (*made.notes, *notes))


def _by_folders(names: list[str]) -> Reading:
    labels, sides = by_folders(names)
    columns = {PICTURE: names}
    if labels is not None:
        columns[NAME] = labels
    if sides is not None:
        columns[SIDE] = sides
    how = {"pictures": [PICTURE], "label": NAME if labels is not None else ""}
    return Reading(frame(list(columns), list(columns.values())), how)


def _by_table(archive: Archive) -> Reading | None:
    """The one table whose column names pictures, with their full names in the archive in its place."""
    for name in archive.contents.tables:
        try:
            table = _table(archive, name).table
        except FileError:
            continue  # it is named among what is left out
        places = _places(archive.contents.pictures, PurePosixPath(name).parent)
        columns, missing = [], 0
        for column in table.columns:
            filled = [text.strip() for text in table[column] if text.strip()]
            found = sum(text in places for text in filled)
            if found and found >= LEAST_FOUND * len(filled):
                columns.append(str(column))
                missing += len(filled) - found
                table[column] = [places.get(text.strip(), "") for text in table[column]]
        if columns:
            return Reading(table, {"pictures": columns, "label": "", "table": name}, _missing(missing))
    return None


def _table(archive: Archive, name: str) -> Reading:
    """Read from a file of its own, because tables are read from files; it is gone afterwards."""
    with file_of(iter([archive.table(name) or b""]), name) as path:
        return read_table(path)


def _places(pictures: Mapping[str, Any], beside: PurePosixPath) -> dict[str, str]:
    """The full name of each picture by all that a table may call it: with folders or without, with its ending or without."""
    places: dict[str, str] = {}
    for form in (_stem, _last, lambda name: _below(name, beside), str):  # the later, the surer
        names = {name: form(name) for name in pictures}
        often = Counter(names.values())
        places |= {called: name for name, called in names.items() if often[called] == 1}
    return places


def _stem(name: str) -> str:
    return PurePosixPath(name).stem


def _last(name: str) -> str:
    return PurePosixPath(name).name


def _below(name: str, folder: PurePosixPath) -> str:
    path = PurePosixPath(name)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else name


def _missing(count: int) -> tuple[Sentence, ...]:
    if not count:
        return ()
    return (
        mark(
            "{count} cell names a picture that is not in the archive; it counts as missing.",
            plural="{count:,} cells name pictures that are not in the archive; they count as missing.", count=count,
        ),
    )  # fmt: skip


def _notes(archive: Archive) -> list[Sentence]:
    """What is left out of the archive and why. Raises FileError where no picture can be read."""
    found = archive.contents
    broken = [name for name in found.pictures if not _looks_good(archive, name)]
    if len(broken) == len(found.pictures):
        raise FileError(
            mark("None of the {count:,} files in “{name}” can be read as a picture.",
                 count=len(broken), name=archive.path.name[:80]),
            mark("Save the pictures as PNG or JPEG, and pack them once more."),
        )  # fmt: skip
    whys = (
        (broken, mark("not readable as pictures")),
        (list(found.others), mark("no pictures")),
        (found.locked, mark("locked with a password")),
        (found.refused, mark("names, links or sizes that are not allowed in an archive")),
    )
    return [left_out(names, why) for names, why in whys if names]


def _looks_good(archive: Archive, name: str) -> bool:
    """Whether the file begins like a picture of a size that can be opened; some need to be seen whole for that."""
    return any(pixels.opened(archive.beginning(name, count)) is not None for count in (HEADER_BYTES, -1))
