"""Tables that come packed: `.gz`, `.bz2`, `.xz`, `.zst`, or in a zip."""

import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from core import reading
from core.errors import FileError
from core.pictures import contents, left_out
from core.readers import _unpacking
from core.readers._documents import TABLES, documents
from core.reading import Reading
from core.words import Sentence, mark

LABEL = mark("Packed table")
HELP = mark(
    "A table of any other kind, packed as gz, bz2, xz, zst or zip; of a zip with several tables, one is chosen."
)
SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".zip")
SEVERAL = True

TEXTS = (".txt", ".text", ".dat", ".data", ".test", ".train")  # tables only where nothing is surely one
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = (b"7z\xbc\xaf", b"Rar!")
_HEAD = 65_536


def recognises(path: Path, head: bytes) -> bool:
    """One of the packed forms, or a zip that is neither a workbook nor pictures nor texts."""
    return bool(_unpacking.form(head)) or (head.startswith(_ZIPS) and not _holds_texts(path))


def _holds_texts(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return documents(packed) is not None
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def read(path: Path, part: str = "") -> Reading:
    """The table inside, as its own reader reads it.

    Args:
        part: Which file of a zip; the largest table if left out.

    Raises:
        FileError: If the file is damaged, unpacks to too much, or holds no table, several packed files or another
            archive.
    """
    with path.open("rb") as file:
        kind = _unpacking.form(file.read(_HEAD))
    if kind:
        with _unpacking.file_of(_unpacking.unpacked(path, kind), _unpacking.stem(path)) as inside:
            made = _inside(path, inside, part)
        return Reading(made.table, {**made.how, "packed": kind}, made.notes)
    return _zipped(path, part)


def _zipped(path: Path, part: str) -> Reading:
    tables, notes = _tables(path)
    largest = max(tables, key=lambda name: tables[name].file_size)
    several = len(tables) > 1
    chosen = reading.chosen(path, part, list(tables)) if several and part else largest
    with _unpacking.file_of(_unpacking.member(path, tables[chosen]), chosen) as inside:
        made = _inside(path, inside, "" if several else part)
    how = {**made.how, "packed": "zip"}
    if several:
        how |= {"part": chosen, "parts": list(tables)}
        notes = [
            mark(
                "“{part}” was read, one of {count} tables in the zip.", part=chosen[-80:], count=len(tables)
            ),
            *notes,
        ]
    return Reading(made.table, how, (*made.notes, *notes))


def _inside(path: Path, inside: Path, part: str) -> Reading:
    """The unpacked table. Its reader knows nothing of the archive, so what it refuses is told with the archive's name."""
    _refuse_nested(path, inside)
    try:
        return reading.read(inside, part)
    except FileError as error:
        raise FileError(
            mark("In “{name}”: {what}", name=path.name[:80], what=error.what), error.fix
        ) from error


def _refuse_nested(path: Path, inside: Path) -> None:
    with inside.open("rb") as file:
        head = file.read(_HEAD)
    nested = _unpacking.form(head) or head.startswith(_ARCHIVES) or head[257:262] == b"ustar"
    if nested or (head.startswith(_ZIPS) and not _is_workbook(inside)):
        raise FileError(
            mark(
                "“{name}” holds another packed file, “{inside}”.",
                name=path.name[:80],
                inside=inside.name[:80],
            ),
            mark("Unpack it until the table itself is there, and take that."),
        )


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return is_workbook(packed.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def is_workbook(names: Iterable[str]) -> bool:
    return any(name.startswith("xl/") or name in ("content.xml", "[Content_Types].xml") for name in names)


def _tables(path: Path) -> tuple[dict[str, zipfile.ZipInfo], list[Sentence]]:
    """The files of a zip that are called like tables, and what is left out. Raises FileError where there are none."""
    try:
        with zipfile.ZipFile(path) as packed:
            found = contents(packed, reading.MOST_BYTES)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise _unpacking.damaged(path) from error
    files = found.tables | found.others
    tables = {name: entry for name, entry in files.items() if name.lower().endswith(TABLES)}
    tables = tables or {name: e for name, e in files.items() if PurePosixPath(name).suffix.lower() in TEXTS}
    if not tables and len(files) == 1:
        tables = files  # its content says what it is
    if not tables:
        raise _no_table(path, list(files), found.locked, found.refused)
    rest = (
        ([name for name in files if name not in tables], mark("no tables")),
        (found.locked, mark("locked with a password")),
        (found.refused, mark("names, links or sizes that are not allowed in an archive")),
    )
    return tables, [left_out(names, why) for names, why in rest if names]


def _no_table(path: Path, files: list[str], locked: list[str], refused: list[str]) -> FileError:
    name = path.name[:80]
    if locked and not files:
        return FileError(
            mark("“{name}” is locked with a password.", name=name),
            mark("Pack it without a password, and take that."),
        )
    if refused and not files:
        return FileError(
            mark("In “{name}”: {what}", name=name,
                 what=left_out(refused, mark("names, links or sizes that are not allowed in an archive"))),
            mark("Pack the table alone into a new zip, and take that."),
        )  # fmt: skip
    if not files:
        return FileError(
            mark("“{name}” is an archive with no files in it.", name=name),
            mark("Pack the table once more, and take that."),
        )
    return FileError(
        mark("“{name}” is an archive in which no file is a table: it holds {files}.",
             name=name, files=[f"“{file[-60:]}”" for file in files[:5]]),
        mark("Unpack it, and take the table inside."),
    )  # fmt: skip
