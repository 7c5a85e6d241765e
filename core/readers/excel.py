"""Workbooks of Excel and LibreOffice: the first sheet that holds a table, or the one that is asked for."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from core import reading
from core.errors import FileError
from core.readers._frame import frame
from core.readers._rows import layout, tidy
from core.reading import Reading
from core.words import mark

LABEL = mark("Excel workbook")
HELP = mark(
    "The first sheet that holds a table, or the one that you choose; what its cells show is not rounded."
)
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
SEVERAL = True

MOST_UNPACKED_BYTES = 2_000_000_000
_OLD = b"\xd0\xcf\x11\xe0"


def recognises(path: Path, head: bytes) -> bool:
    """A zip with a workbook inside, a zip called like one, or an old Office file."""
    if head.startswith(_OLD):
        return True
    if not head.startswith(b"PK\x03\x04"):
        return path.suffix.lower() in SUFFIXES and b"\x00" in head
    if path.suffix.lower() in SUFFIXES:
        return True
    return (
        b"[Content_Types].xml" in head[:200] or b"opendocument.spreadsheet" in head[:200] or _has_sheets(path)
    )


def _has_sheets(path: Path) -> bool:
    """By the archive's own list of files: in the bytes of packed pictures anything may stand."""
    try:
        with zipfile.ZipFile(path) as packed:
            return any(
                name.startswith(("xl/", "word/", "ppt/")) or name == "content.xml"
                for name in packed.namelist()
            )
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def read(path: Path, part: str = "") -> Reading:
    """The table, numbers as exact text, dates as 2024-01-31.

    Args:
        part: Which sheet; the first that holds a table if left out.

    Raises:
        FileError: If the workbook is damaged, locked with a password, or has no table.
    """
    _refuse_unusual(path)
    try:
        # Not by its path: what the file is called would decide how it is read.
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        names = [reading.chosen(path, part, book.sheet_names)] if part else book.sheet_names
        for name in names:
            rows = [[cell_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
            rows = [row for row in rows if any(cell.strip() for cell in row)]
            if len(rows) > 1:
                return _reading(name, rows, book.sheet_names)
    except (python_calamine.CalamineError, OSError, zipfile.BadZipFile) as error:
        raise _damaged(path) from error
    except BaseException as error:
        # Damaged bytes can break the library's own checks, which then raises what is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(path) from None
    if part:
        raise FileError(
            mark(
                "Sheet “{part}” of “{name}” holds no header with rows.", part=part[:80], name=path.name[:80]
            ),
            mark("Choose another sheet of the file."),
        )
    raise FileError(
        mark("“{name}” has no sheet with a header and rows.", name=path.name[:80]),
        mark("Put the table on the first sheet, names in its first row."),
    )


def _reading(sheet: str, rows: list[list[str]], sheets: list[str]) -> Reading:
    found = layout(rows)
    made = tidy(rows, found)
    how: dict[str, Any] = {"sheet": sheet, "header": found.header, "lines_above": found.first}
    notes = list(made.notes)
    if len(sheets) > 1:
        how |= {"part": sheet, "parts": list(sheets)}
        notes.append(mark("Sheet “{sheet}” was read, one of {count}.", sheet=sheet, count=len(sheets)))
    return Reading(frame(made.names, made.columns), how, tuple(notes))


def cell_text(cell: Any) -> str:
    """A cell's value as text from which the same value can be read.

    Example:
        >>> cell_text(3.0), cell_text(0.1), cell_text(datetime(2024, 1, 31))
        ('3', '0.1', '2024-01-31')
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, timedelta):
        return str(cell)
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def _refuse_unusual(path: Path) -> None:
    data = path.read_bytes()
    if data.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileError(
                mark("“{name}” is locked with a password.", name=path.name[:80]),
                mark("Save it without a password, and take that."),
            )
        return
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise _damaged(path) from error
    if size > MOST_UNPACKED_BYTES:
        raise FileError(
            mark("“{name}” would unpack to {size:.1f} GB.", name=path.name[:80], size=size / 1e9),
            mark("Save the table as CSV, and take that."),
        )
    if any(n.startswith(("word/", "ppt/")) for n in names):
        raise FileError(
            mark("“{name}” is a text or slides of an Office program, not a workbook.", name=path.name[:80]),
            mark("Copy the table in it into a spreadsheet, save that, and take it."),
        )
    if not any(n.startswith("xl/") or n == "content.xml" for n in names):
        raise FileError(
            mark("“{name}” is an archive of packed files, not a workbook.", name=path.name[:80]),
            mark("Unpack it, and take the CSV, Excel or Parquet file inside."),
        )


def _damaged(path: Path) -> FileError:
    return FileError(
        mark("“{name}” is damaged or cut off: it cannot be opened as a workbook.", name=path.name[:80]),
        mark("Open it in Excel, save it once more, and take that; or save it as CSV."),
    )
