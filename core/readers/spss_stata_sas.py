"""Files of SPSS, Stata and SAS: what a value means is shown in its place."""

import json
import subprocess
import sys
from pathlib import Path

from pyarrow import ipc

from core.errors import FileError
from core.readers._frame import frame
from core.readers._unpacking import file_of
from core.reading import Reading
from core.words import Sentence, mark

LABEL = mark("SPSS, Stata or SAS")
HELP = mark(
    "Data files of SPSS (sav, por), Stata (dta) and SAS (sas7bdat, xpt); values that have a meaning are shown by it, dates as 2024-01-31."
)
SUFFIXES = (".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt")

_SAS = bytes.fromhex("00" * 12 + "c2ea8160b31411cfbd92080009c7318c181f1011")
_OLD_STATA = range(104, 116)  # numbers of versions
_ROOT = Path(__file__).parent.parent.parent


def recognises(path: Path, head: bytes) -> bool:
    return bool(_kind(head))


def _kind(head: bytes) -> str:
    """Which reader of the library is meant, by the first bytes."""
    if head.startswith((b"$FL2@(#)", b"$FL3@(#)")):
        return "sav"
    if head.startswith(b"<stata_dta>") or (
        len(head) > 60 and head[0] in _OLD_STATA and head[1] in (1, 2) and head[2] == 1
    ):
        return "dta"
    if head.startswith(_SAS):
        return "sas7bdat"
    if head.startswith((b"HEADER RECORD*******LIBRARY HEADER", b"HEADER RECORD*******LIBV8")):
        return "xport"
    return "por" if b"SPSSPORT" in head[:600] else ""


def read(path: Path) -> Reading:
    """The table, whole numbers without a point, other numbers with all their digits, what is missing as the empty text.

    Raises:
        FileError: If the file is damaged, has no rows, or more columns than can be used.
    """
    with path.open("rb") as file:
        kind = _kind(file.read(1000))
    with file_of(iter(()), "table.arrow") as out:
        words = [sys.executable, "-m", "core.readers._readstat", str(path.resolve()), kind, str(out)]
        done = subprocess.run(words, cwd=_ROOT, capture_output=True, check=False)
        if done.returncode:
            raise _damaged(path, kind)
        said = json.loads(done.stdout)
        if "error" in said:
            raise FileError(*(Sentence.from_json(said["error"][key]) for key in ("what", "fix")))
        with ipc.open_file(out.read_bytes()) as opened:
            table = opened.read_all()
    notes = (
        (mark("Some dates are in no calendar, so all dates are shown as numbers."),)
        if said["plain_dates"]
        else ()
    )
    how = {"header": True, "labelled": said["labelled"]}
    return Reading(frame(table.column_names, table.columns), how, notes)


def _damaged(path: Path, kind: str) -> FileError:
    return FileError(
        mark("“{name}” is damaged or cut off: it cannot be opened as a file of {program}.",
             name=path.name[:80], program={"sav": "SPSS", "por": "SPSS", "dta": "Stata"}.get(kind, "SAS")),
        mark("Save the data once more in that program, or export the table as CSV, and take that."),
    )  # fmt: skip
