"""Texts that lie in a zip, one in each file: found, told from tables, and read with the encoding of all of them."""

import codecs
import lzma
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from core.errors import FileError
from core.pictures import contents
from core.readers._delimiter import beginning, dialect
from core.readers._encoding import decode
from core.readers._unpacking import damaged
from core.words import mark

SUFFIXES = (".txt", ".text", ".md")
TABLES = (
    ".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".pq",
    ".json", ".jsonl", ".ndjson", ".feather", ".arrow", ".sqlite", ".sqlite3", ".db",
    ".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt",
)  # fmt: skip
FEWEST = 2
MOST_BYTES = 1_000_000_000
MOST_BYTES_EACH = 20_000_000
_LOOKED_AT, _HEAD = 7, 20_000
_LETTERS = 0.6  # share of what is no space that texts are made of
_ENDS = (".", "!", "?", ",", ";", ":", "”", "。", "！", "？", "，", "；", "…")
_SAMPLE = 200_000
_TROUBLES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    EOFError,
)


@dataclass(frozen=True)
class Documents:
    """What a zip holds, by the names of its files.

    Args:
        texts: Files that are called like texts.
        others: Files that are not.
        refused: Names that no honest archive has, links, and files that are too large.
        locked: Files that are locked with a password.
    """

    texts: Mapping[str, zipfile.ZipInfo]
    others: list[str]
    refused: list[str]
    locked: list[str]


def documents(packed: zipfile.ZipFile) -> Documents | None:
    """The texts of a zip, or None where it holds tables, pictures, or too few texts to be about them."""
    found = contents(packed, MOST_BYTES_EACH)
    files = found.tables | found.others
    if found.pictures or any(name.lower().endswith(TABLES) for name in files):
        return None
    texts = {name: entry for name, entry in files.items() if _called_like_a_text(name)}
    others = [name for name in files if name not in texts]
    if len(texts) < FEWEST or len(texts) < len(others) or not _look_like_texts(packed, texts):
        return None
    return Documents(texts, others, found.refused, found.locked)


def _called_like_a_text(name: str) -> bool:
    """By its ending; letters and posts of old collections are called by numbers, and have none."""
    last = PurePosixPath(name)
    return last.suffix.lower() in SUFFIXES or last.name.isdigit()


def _look_like_texts(packed: zipfile.ZipFile, texts: Mapping[str, zipfile.ZipInfo]) -> bool:
    """Whether most of a few of them, from all places, are no tables."""
    step = max(1, len(texts) // _LOOKED_AT)
    some = list(texts.values())[::step][:_LOOKED_AT]
    return sum(_looks_like_a_text(packed, entry) for entry in some) > len(some) / 2


def _looks_like_a_text(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    try:
        with packed.open(entry) as file:
            head = file.read(_HEAD)
        text, _, _ = decode(Path(entry.filename), head[: head.rfind(b"\n") + 1] or head)
    except (*_TROUBLES, FileError):
        return False
    signs = [sign for sign in text if not sign.isspace()]
    if sum(map(str.isalpha, signs)) < _LETTERS * len(signs):
        return False
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if len(lines) < 3 or sum(line.endswith(_ENDS) for line in lines) >= 0.4 * len(lines):
        return True
    return dialect(beginning(text)).delimiter in ("", " ")


def read_all(path: Path, texts: Mapping[str, zipfile.ZipInfo]) -> tuple[dict[str, str], list[str], str]:
    """Each file's text by its name, the names of those that are none, and the encoding of those that are not UTF-8.

    Raises:
        FileError: If the zip is damaged, or its texts are more than can be used at once.
    """
    raw, broken = _unpacked(path, texts)
    wide = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    old = {file: data for file, data in raw.items() if not data.startswith(wide) and not _is_utf8(data)}
    encoding = _of_all(path, list(old.values()))
    read: dict[str, str] = {}
    for file, data in raw.items():
        try:
            text = (
                data.decode(encoding, errors="replace") if encoding and file in old else decode(path, data)[0]
            )
        except FileError:
            broken.append(file)
            continue
        read[file] = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return read, broken, encoding or "utf-8"


def _of_all(path: Path, texts: Sequence[bytes]) -> str:
    """The encoding of texts that are not UTF-8, together, since a short one says little; empty where they are no texts."""
    try:
        return decode(path, b"\n".join(texts)[:_SAMPLE])[1] if texts else ""
    except FileError:
        return ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unpacked(path: Path, texts: Mapping[str, zipfile.ZipInfo]) -> tuple[dict[str, bytes], list[str]]:
    raw: dict[str, bytes] = {}
    broken, size = [], 0
    try:
        with zipfile.ZipFile(path) as packed:
            for name, entry in texts.items():
                try:
                    with packed.open(entry) as file:
                        raw[name] = file.read(MOST_BYTES_EACH)
                except (
                    Exception
                ):  # a damaged entry makes the unpacker raise anything; this one text cannot be had
                    broken.append(name)
                    continue
                size += len(raw[name])
                if size > MOST_BYTES:
                    raise _too_much(path, size)
    except _TROUBLES as error:
        raise damaged(path) from error
    return raw, broken


def _too_much(path: Path, size: int) -> FileError:
    return FileError(
        mark(
            "The texts in “{name}” unpack to more than {size:.1f} GB.", name=path.name[:80], size=size / 1e9
        ),
        mark("Take a part of the texts: some thousand of each kind are nearly always enough."),
    )
