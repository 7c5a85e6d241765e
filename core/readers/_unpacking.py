"""Packed bytes become a file in the workspace, piece by piece, within limits; it is gone afterwards."""

import bz2
import gzip
import lzma
import os
import re
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import pyarrow as pa

from core import home
from core.errors import FileError
from core.reading import MOST_BYTES
from core.words import mark

Pieces = Iterator[bytes]

# A table shrinks to a hundredth at best; what shrinks further once it is large was made to fill a disk.
MOST_TIMES, TIMES_COUNT_FROM = 400, 200_000_000
_PIECE = 1 << 20
_XZ_MEMORY = 1 << 28
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, pa.ArrowException, ValueError, NotImplementedError,
           RuntimeError, zipfile.BadZipFile)  # fmt: skip


def form(head: bytes) -> str:
    """Which packed form the first bytes tell: "gz", "bz2", "xz", "zst", or "" for none of these."""
    return next((name for name, (start, _) in _FORMS.items() if start.match(head)), "")


def stem(path: Path) -> str:
    """What the file is called without the ending of its packed form."""
    return path.stem if path.suffix.lower().lstrip(".") in (*_FORMS, "gzip", "zstd", "lzma") else path.name


def unpacked(path: Path, kind: str) -> Pieces:
    """The bytes inside the file, in pieces. Raises FileError where it is damaged, cut off or far too large."""
    with path.open("rb") as source:
        yield from _bounded(path, _FORMS[kind][1](source), path.stat().st_size)


def member(path: Path, entry: zipfile.ZipInfo) -> Pieces:
    """As `unpacked`, of a file in a zip."""
    with zipfile.ZipFile(path) as packed:
        yield from _bounded(path, _from_zip(packed, entry), entry.compress_size)


def _bounded(path: Path, pieces: Pieces, packed_bytes: int) -> Pieces:
    written = 0
    while True:
        try:
            piece = next(pieces, None)
        except _BROKEN as error:
            raise damaged(path) from error
        if piece is None:
            return
        written += len(piece)
        if written > MOST_BYTES or (written > TIMES_COUNT_FROM and written > MOST_TIMES * packed_bytes):
            raise FileError(
                mark("“{name}” unpacks to far more than its size: over {size:.1f} GB.",
                     name=path.name[:80], size=written / 1e9),
                mark("Take at most {most:.0f} GB: a part of the rows is nearly always enough.", most=MOST_BYTES / 1e9),
            )  # fmt: skip
        yield piece


@contextmanager
def file_of(pieces: Pieces, name: str) -> Iterator[Path]:
    """A file with these bytes in the workspace while this lasts; what a killed process leaves is swept with half-made
    data sets."""
    folder = home.folder("data", f".new-{os.getpid()}-{secrets.token_hex(6)}")
    try:
        path = folder / _safe(name)
        with path.open("wb") as target:
            for piece in pieces:
                target.write(piece)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _safe(name: str) -> str:
    """A name for a file of ours, near to what it was called, with its ending.

    Example:
        >>> _safe("../../a:b.csv"), _safe("中" * 300 + ".csv") == "中" * 50 + ".csv"
        ('a_b.csv', True)
    """
    path = PurePosixPath(name.replace("\\", "/"))
    kept = [
        "".join(c if c.isalnum() or c in "-_ ()." else "_" for c in part) for part in (path.stem, path.suffix)
    ]
    return (kept[0].strip(". ")[:50] or "table") + kept[1][:10]


def damaged(path: Path) -> FileError:
    return FileError(
        mark("“{name}” is damaged or cut off: it cannot be unpacked.", name=path.name[:80]),
        mark("Pack the table once more, or take it as it was before it was packed."),
    )


def _read(file: BinaryIO) -> Pieces:
    while piece := file.read(_PIECE):
        yield piece


def _gz(source: BinaryIO) -> Pieces:
    return _read(gzip.GzipFile(fileobj=source))  # type: ignore[arg-type]


def _bz2(source: BinaryIO) -> Pieces:
    return _read(bz2.BZ2File(source))


def _zst(source: BinaryIO) -> Pieces:
    return _read(pa.CompressedInputStream(source, "zstd"))


def _xz(source: BinaryIO) -> Pieces:
    """Python's own file cannot be told how much memory a stream may ask for."""
    unpacker = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
    while True:
        given = b""
        if unpacker.eof:  # another stream may follow, after zeros that fill up
            given = (unpacker.unused_data or source.read(_PIECE)).lstrip(b"\0")
            if not given:
                return
            unpacker = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
        elif unpacker.needs_input:
            given = source.read(_PIECE)
            if not given:
                raise EOFError
        yield unpacker.decompress(given, _PIECE)


def _from_zip(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Pieces:
    with packed.open(entry) as file:
        yield from _read(file)


_FORMS: dict[str, tuple[re.Pattern[bytes], Callable[[BinaryIO], Pieces]]] = {
    "gz": (re.compile(rb"\x1f\x8b\x08"), _gz),
    "bz2": (re.compile(rb"BZh[1-9](1AY&SY|\x17rE8P\x90)"), _bz2),
    "xz": (re.compile(rb"\xfd7zXZ\0"), _xz),
    "zst": (re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), _zst),
}
