"""Which encoding a file's bytes are in, and their text."""

import codecs
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa

from core.errors import FileError
from core.readers._old_encodings import guess, reads_well
from core.words import mark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 200_000
_DIVIDERS = (b"\x01", b"\x02", b"\x14", b"\x1e", b"\x1f")
_PIECE = 1 << 20
_SEVERAL_BYTES = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")


def as_utf8(path: Path, data: bytes) -> tuple[bytes, str, int]:
    """The same text as UTF-8, the name of its encoding, and how many characters could not be read.

    Text that is UTF-8 already is not copied.

    Raises:
        FileError: If the bytes are not text.
    """
    if not data.startswith(tuple(start for start, _ in _MARKS)) and not _without_mark(data[:_SAMPLE]):
        _refuse_binary(path, data)
        if _is_utf8(data):
            return _without_marks(data), "utf-8", 0
    text, name, broken = decode(path, data)
    return _without_marks(text.encode("utf-8", errors="replace")), name, broken


def _without_marks(data: bytes) -> bytes:
    """UTF-8 without the marks that stand at the beginning of lines where files were put together."""
    # One byte is looked for many times faster than three.
    if b"\xef" not in data or codecs.BOM_UTF8 not in data:
        return data
    return re.sub(rb"((?:^|[\r\n])\"?)(?:\xef\xbb\xbf)+", rb"\1", data)


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    if len(data) < _PIECE:
        return _decodes(data, "utf-8")
    # Arrow looks at all of it in place, many times faster than Python decodes it.
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def decode(path: Path, data: bytes) -> tuple[str, str, int]:
    """The text, the name of the encoding, and how many characters could not be read.

    Raises:
        FileError: If the bytes are not text.
    """
    for start, name in _MARKS:
        if data.startswith(start):
            text = data.decode(name, errors="replace").lstrip("\ufeff")
            return text, name, text.count("\ufffd") if name == "utf-8-sig" else 0
    wide = _without_mark(data[:_SAMPLE])
    if wide:
        return data.decode(wide, errors="replace"), wide, 0
    _refuse_binary(path, data)
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        return _old_or_mixed(data)


def _old_or_mixed(data: bytes) -> tuple[str, str, int]:
    """Text in an old encoding, or lines of UTF-8 between others, as in files that were put together."""
    lines = data.splitlines(keepends=True)
    strange = [line for line in lines if not line.isascii()]
    good = [line for line in strange if _is_utf8(line)]
    name = guess(b"".join(line for line in strange if not _is_utf8(line)))
    if not good or (name in _SEVERAL_BYTES and _decodes(b"".join(strange), name)):
        text = data.decode(name, errors="replace")
        return text, name, text.count("\ufffd")
    others = b"".join(line for line in strange if not _is_utf8(line))
    if len(others) < 0.2 * sum(map(len, strange)) and not reads_well(others, name):
        text = data.decode("utf-8", errors="replace")
        return text, "utf-8", text.count("\ufffd")
    text = "".join(
        line.decode("utf-8") if _is_utf8(line) else line.decode(name, errors="replace") for line in lines
    )
    return text, f"utf-8, {name}", text.count("\ufffd")


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


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
    zeros, controls = data.count(b"\x00"), _controls(data[:_SAMPLE])
    if zeros or controls > 0.01 * min(len(data), _SAMPLE):
        raise FileError(
            mark("“{name}” holds bytes that are not text.", name=path.name[:80]),
            mark("Save the table as CSV (UTF-8) or as an Excel file, and take that."),
        )


def _controls(sample: bytes) -> int:
    """How many bytes no text holds, but for one that stands in every line: it divides cells."""
    found = Counter(_CONTROLS.findall(sample))
    lines = [line for line in sample.split(b"\n")[:50] if line.strip()]
    for one in _DIVIDERS:
        if found[one] and len({line.count(one) for line in lines[: len(lines) - 1] or lines}) == 1:
            del found[one]
    return found.total()
