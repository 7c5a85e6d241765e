"""Archives of texts: a row for each file, with its folder's name as the label."""

import zipfile
from pathlib import Path

from core.errors import FileError
from core.pictures import left_out
from core.readers._documents import Documents, documents, read_all
from core.readers._frame import frame
from core.readers._labels import by_folders
from core.reading import Reading
from core.words import Sentence, mark

LABEL = mark("Texts in a zip")
HELP = mark(
    "A text in each file, in folders that are called like what the texts are about; or without folders."
)
SUFFIXES = (".zip",)

NAME, TEXT, CLASS, SIDE = "file", "text", "label", "split"


def recognises(path: Path, head: bytes) -> bool:
    """A zip of files that are called and look like texts, without pictures or tables."""
    return head.startswith(b"PK\x03\x04") and _documents(path) is not None


def _documents(path: Path) -> Documents | None:
    try:
        with zipfile.ZipFile(path) as packed:
            return documents(packed)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return None


def read(path: Path) -> Reading:
    """The table: the files' names, their texts, the class that their folder tells, and the side if folders tell that.

    `how["label"]` is the column made of folders or empty.

    Raises:
        FileError: If the archive is damaged, or no file in it is a text.
    """
    found = _documents(path) or Documents({}, [], [], [])
    texts, broken, encoding = read_all(path, found.texts)
    if not texts:
        raise FileError(
            mark(
                "None of the {count:,} files in “{name}” is a text.",
                count=len(found.texts),
                name=path.name[:80],
            ),
            mark("Save the texts as plain text (UTF-8), and pack them once more."),
        )
    labels, sides = by_folders(list(texts))
    columns = {NAME: list(texts), TEXT: list(texts.values())}
    if labels is not None:
        columns[CLASS] = labels
    if sides is not None:
        columns[SIDE] = sides
    how = {"encoding": encoding, "label": CLASS if labels is not None else ""}
    return Reading(frame(list(columns), list(columns.values())), how, _notes(found, broken))


def _notes(found: Documents, broken: list[str]) -> tuple[Sentence, ...]:
    whys = (
        (broken, mark("not readable as texts")),
        (found.others, mark("no texts")),
        (found.locked, mark("locked with a password")),
        (found.refused, mark("names, links or sizes that are not allowed in an archive")),
    )
    return tuple(left_out(names, why) for names, why in whys if names)
