"""Kinds of file that are no table, known by their first bytes, so that the user learns what was dropped in."""

from pathlib import Path

from core.errors import FileError
from core.words import Sentence, mark

_PICTURE, _ARCHIVE, _PROGRAM = mark("a picture"), mark("an archive of packed files"), mark("a program")
_SOUND = mark("a sound or a film")
# What other readers know by its first bytes (zip, SQLite, whole gz …) never comes here.
_STARTS: tuple[tuple[bytes, Sentence], ...] = (
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"GIF8", _PICTURE), (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE), (b"BM", _PICTURE), (b"%PDF", mark("a PDF document")), (b"7z\xbc\xaf", _ARCHIVE),
    (b"Rar!", _ARCHIVE), (b"\x1f\x8b", _ARCHIVE), (b"\x7fELF", _PROGRAM), (b"MZ\x90", _PROGRAM), (b"RIFF", _SOUND), (b"ID3", _SOUND),
    (b"\xd0\xcf\x11\xe0", mark("an old Office document")), (b"{\\rtf", mark("a text document")),
)  # fmt: skip
_PAGES = (b"<!doctype", b"<?xml")


def refuse_other_kinds(path: Path, data: bytes) -> None:
    """Raises FileError where the bytes are known to be something else than text cells."""
    name = path.name[:80]
    for start, kind in _STARTS:
        # "BM" also starts English words: a bitmap has zeros behind it.
        if data.startswith(start) and (start != b"BM" or b"\x00" in data[:16]):
            raise FileError(
                mark("“{name}” is {kind}, not a table.", name=name, kind=kind),
                mark(
                    "Put many pictures into folders called like what they show, pack these into a zip, and take that."
                )
                if kind is _PICTURE
                else mark("Take a CSV, Excel or Parquet file; unpack it first if it is packed."),
            )
    if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        raise FileError(
            mark("“{name}” is a web page or XML, not a table.", name=name),
            mark("Open it in a spreadsheet, save it as CSV or Excel, and take that."),
        )
