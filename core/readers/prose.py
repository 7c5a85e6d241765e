"""Texts as people write them: a novel, poems, notes; each paragraph becomes a row."""

import re
from pathlib import Path

from core.errors import FileError
from core.readers._delimiter import dialect
from core.readers._encoding import decode
from core.readers._frame import frame
from core.readers._known import refuse_other_kinds
from core.reading import Reading
from core.words import mark

LABEL = mark("Text of a book, poems or notes")
HELP = mark(
    "Plain text with empty lines between paragraphs, in any usual encoding; each paragraph becomes a row."
)
SUFFIXES = (".txt", ".md", ".text")
COLUMN = "text"
FEWEST = 3  # paragraphs in the beginning, so that empty lines are no accident
ENDED = 0.4  # share of lines that end like sentences
_ENDS = (".", "!", "?", ",", ";", ":", "”", "。", "！", "？", "，", "；", "…")
_GAP = re.compile(r"\n[ \t\u3000]*\n\s*")


def recognises(path: Path, head: bytes) -> bool:
    """Whether it is called a text and is laid out in paragraphs instead of cells."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    try:
        text, _, _ = decode(path, head[: head.rfind(b"\n") + 1] or head)
    except FileError:
        return False  # the reader of tables says what it is
    text = _lines(text)
    paragraphs = _paragraphs(text)
    if path.suffix.lower() == ".md":
        return bool(paragraphs)
    return len(paragraphs) >= FEWEST and not _in_cells(text)


def read(path: Path) -> Reading:
    """One column, a row for each paragraph, its line breaks as they are.

    Raises:
        FileError: If it is no text.
    """
    data = path.read_bytes()
    refuse_other_kinds(path, data)
    text, encoding, broken = decode(path, data)
    notes = [
        mark("The file was read as a text, not as a table: each paragraph is a row."),
    ]
    if broken:
        notes.append(
            mark(
                "{count} character could not be read and is shown as �.",
                plural="{count:,} characters could not be read and are shown as �.", count=broken,
            )
        )  # fmt: skip
    paragraphs = _paragraphs(_lines(text))
    if not paragraphs:
        raise FileError(
            mark("“{name}” is empty.", name=path.name[:80]), mark("Save the text once more, and take that.")
        )
    return Reading(frame([COLUMN], [paragraphs]), {"encoding": encoding, "prose": True}, tuple(notes))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in _GAP.split(text) if part.strip()]


def _in_cells(text: str) -> bool:
    """Whether most lines are divided alike by a mark, as in tables."""
    if dialect(text).delimiter in ("", " "):
        return False
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    ended = sum(line.endswith(_ENDS) for line in lines)
    return ended < ENDED * len(lines)  # commas may divide sentences alike, too
