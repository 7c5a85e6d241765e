"""JSON Lines: an object in each line becomes a row."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.errors import FileError
from core.readers._encoding import decode
from core.readers._records import parsed, table_of_records
from core.reading import Reading
from core.words import Sentence, mark

LABEL = mark("JSON Lines")
HELP = mark(
    "An object in each line; what is nested gets columns such as address.city, and lists are joined by semicolons."
)
SUFFIXES = (".jsonl", ".ndjson", ".jl", ".jsonlines")
MOST_BROKEN = 0.1  # share of lines

_LINE = 1 << 24


def recognises(path: Path, head: bytes) -> bool:
    """Whether a whole object or list stands in its first line, and something in a later one, or it is called so."""
    opened = _opening(head)
    if not opened:
        return False
    if path.suffix.lower() in SUFFIXES:
        return True
    line, more = _first_line(path)
    if not more or (opened == b"[" and line.rstrip()[-1:] != b"]"):
        return False
    try:
        value = parsed(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) or (isinstance(value, list) and path.suffix.lower() == ".json")


def _opening(head: bytes) -> bytes:
    start = (
        head[:400].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").replace(b"\0", b"").lstrip()[:1]
    )
    return start if start in (b"{", b"[") else b""


def _first_line(path: Path) -> tuple[bytes, bool]:
    """The first line that is not empty, and whether anything but space comes after it near by."""
    with path.open("rb") as file:
        line = b""
        while not line.strip():
            line = file.readline(_LINE)
            if not line:
                return b"", False
        return line, bool(file.read(4096).strip())


def read(path: Path) -> Reading:
    """The table, numbers with the digits that they have in the file, nothing as the empty text.

    Raises:
        FileError: If it is no text, or too many of its lines are broken.
    """
    text, encoding, _ = decode(path, path.read_bytes())
    lines = _Lines(text)
    table = table_of_records(path, lines)
    return Reading(table, {"encoding": encoding}, lines.notes(path))


class _Lines:
    """The values of all lines, and the numbers of the lines that cannot be read."""

    def __init__(self, text: str):
        self.text = text
        self.good, self.last = 0, 0
        self.broken: list[int] = []

    def __iter__(self) -> Iterator[Any]:
        for number, line in enumerate(self.text.split("\n"), 1):
            line = line.strip().strip("\0")
            if not line:
                continue
            self.last = number
            try:
                value = parsed(line)
            except (ValueError, RecursionError):
                self.broken.append(number)
                continue
            self.good += 1
            yield value

    def notes(self, path: Path) -> tuple[Sentence, ...]:
        """What was left out. Raises FileError where that is too much to go on."""
        count = len(self.broken)
        if not count:
            return ()
        if count > max(1, MOST_BROKEN * (self.good + count)):
            raise FileError(
                mark("Line {line:,} of “{name}” is no JSON, and so are {count:,} lines in all.",
                     line=self.broken[0], name=path.name[:80], count=count),
                mark("Write the file once more, one object in each line; or take a CSV file."),
            )  # fmt: skip
        if self.broken == [self.last]:
            return (mark("The last line, {line:,}, is cut off or broken and was left out.", line=self.last),)
        return (
            mark(
                "{count} line is no JSON and was left out: line {lines}.",
                plural="{count:,} lines are no JSON and were left out: lines {lines}.",
                count=count, lines=[f"{number:,}" for number in self.broken[:10]],
            ),
        )  # fmt: skip
