"""A file becomes a table of text: every cell as it was written, an empty cell as the empty text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from core.errors import FileError
from core.readers import SHELF
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_COLUMNS = 5_000
MOST_BYTES = 2_000_000_000
MOST_PARTS = 1_000  # that can be chosen from
_HEAD_BYTES = 65_536


@dataclass(frozen=True)
class Reading:
    """A table as it was read.

    Args:
        table: Text in all columns, never NaN; unique names; rows numbered from 0.
        how: How the file was understood, as plain JSON: `reader`, and such as `encoding`, `delimiter`, `header`, `sheet`;
            `part` and `parts` (which of its tables was read) where the file holds several.
        notes: What the reader mended or left out, for the user to know.
    """

    table: "DataFrame"
    how: Mapping[str, Any]
    notes: tuple[Sentence, ...] = field(default=())


def read(path: Path, part: str = "") -> Reading:
    """The table in the file.

    Args:
        part: Which table of a file that holds several, such as a sheet's name, one of `how["parts"]`; the reader's own
            choice if left out.

    Raises:
        FileError: If the file is not there, or holds no table that can be read, or none of that name.
    """
    path = Path(path)
    head = _head(path)
    name, reader = _reader(path, head)
    if part and not getattr(reader, "SEVERAL", False):
        raise FileError(
            mark("“{name}” holds a single table, none called “{part}”.", name=path.name[:80], part=part[:80]),
            mark("Leave the table's name out."),
        )
    reading = reader.read(path, part) if part else reader.read(path)
    refuse_wide(path, len(reading.table.columns))
    how = {"reader": name, **reading.how}
    if "parts" in how:
        how["parts"] = how["parts"][:MOST_PARTS]
    return Reading(reading.table, how, reading.notes)


def refuse_wide(path: Path, columns: int) -> None:
    """Raises FileError where there are more columns than can be used; readers ask before they fill them all."""
    if columns > MOST_COLUMNS:
        raise FileError(
            mark("“{name}” has {count:,} columns.", name=path.name[:80], count=columns),
            mark(
                "Keep at most {most:,} columns: those that may help to answer your question.",
                most=MOST_COLUMNS,
            ),
        )


def chosen(path: Path, part: str, parts: Sequence[str]) -> str:
    """The table of that name. Raises FileError with the names where there is none."""
    if part not in parts:
        raise FileError(
            mark("“{name}” holds no table called “{part}”.", name=path.name[:80], part=part[:80]),
            mark("Take one of these: {names}.", names=list(parts[:30])),
        )
    return part


def _head(path: Path) -> bytes:
    """The file's first bytes. Raises FileError where there are none."""
    shown = path.name[:80]
    if path.is_dir():
        raise FileError(mark("“{name}” is a folder.", name=shown), mark("Choose one file in it."))
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except FileNotFoundError:
        raise FileError(
            mark("There is no file “{name}”.", name=shown),
            mark("Look at the folder and the spelling of its name."),
        ) from None
    except PermissionError:
        raise FileError(
            mark("“{name}” may not be read.", name=shown),
            mark("Change its permissions, or copy it elsewhere."),
        ) from None
    if not head.strip():
        raise FileError(
            mark("“{name}” is empty.", name=shown), mark("Export the table once more, with its rows.")
        )
    if size > MOST_BYTES:
        raise FileError(
            mark("“{name}” has {size:.1f} GB.", name=shown, size=size / 1e9),
            mark(
                "Take at most {most:.0f} GB: a part of the rows is nearly always enough.",
                most=MOST_BYTES / 1e9,
            ),
        )
    return head


def _reader(path: Path, head: bytes) -> tuple[str, ModuleType]:
    """The reader that knows the content; the plain text reader is asked last, for it takes nearly everything."""
    for name in sorted(SHELF, key=lambda n: n == "delimited"):
        if SHELF[name].recognises(path, head):
            return name, SHELF[name]
    return "delimited", SHELF["delimited"]
