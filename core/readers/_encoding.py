"""Which encoding a file's bytes are in, and their text."""

import codecs
import re
from pathlib import Path

from core.errors import FileError
from core.readers._old_encodings import guess
from core.words import mark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 200_000


def decode(path: Path, data: bytes) -> tuple[str, str, int]:
    """The text, the name of the encoding, and how many characters could not be read.

    Raises:
        FileError: If the bytes are not text.
    """
    for start, name in _MARKS:
        if data.startswith(start):
            return data.decode(name, errors="replace").lstrip("\ufeff"), name, 0
    wide = _without_mark(data[:_SAMPLE])
    if wide:
        return data.decode(wide, errors="replace"), wide, 0
    _refuse_binary(path, data)
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if sum(1 for c in text if c > "\x7f") - broken > 10 * broken:
        return text, "utf-8", broken
    name = guess(data)
    text = data.decode(name, errors="replace")
    return text, name, text.count("\ufffd")


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without its mark shows zeros in every second byte."""
    half = len(head) // 2
    if half < 4:
        return None
    even, odd = head[0 : 2 * half : 2].count(0) / half, head[1 : 2 * half : 2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def _refuse_binary(path: Path, data: bytes) -> None:
    zeros, controls = data.count(b"\x00"), len(_CONTROLS.findall(data[:_SAMPLE]))
    if zeros or controls > 0.01 * min(len(data), _SAMPLE):
        raise FileError(
            mark("“{name}” holds bytes that are not text.", name=path.name[:80]),
            mark("Save the table as CSV (UTF-8) or as an Excel file, and take that."),
        )
