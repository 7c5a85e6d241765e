"""One dirty file with its clean twin, and how a table is written in any dialect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.dirty.tables import Table


@dataclass(frozen=True)
class Case:
    """A dirty file.

    Args:
        situation: What is dirty about it; several cases share one.
        name: This one.
        content: The file.
        header: The names that a careful person would give the columns; none where the file names none.
        rows: The cells as text.
    """

    situation: str
    name: str
    content: bytes
    header: list[str] | None
    rows: list[list[str]]


def cell(text: str, delimiter: str, quote: str = '"', style: str = "minimal", escape: str = "double") -> str:
    """One cell as programs write it.

    Args:
        style: `minimal` quotes where it must, `all` always, `text` what is no number, `none` never.
        escape: A quote inside becomes two of them (`double`), gets a `backslash`, or stays (`none`).
    """
    number = text.replace(".", "").replace(",", "").replace("-", "").isdigit()
    needed = (bool(delimiter) and delimiter in text) or quote in text or "\n" in text or "\r" in text
    if style == "none" or (style == "minimal" and not needed) or (style == "text" and number and not needed):
        return text
    if escape == "backslash":
        text = text.replace("\\", "\\\\").replace(quote, "\\" + quote)
    elif escape == "double":
        text = text.replace(quote, quote * 2)
    return f"{quote}{text}{quote}"


def lines(rows: Sequence[Sequence[str]], delimiter: str, **how: str) -> list[str]:
    return [delimiter.join(cell(c, delimiter, **how) for c in row) for row in rows]


def text(table: Table, delimiter: str, end: str = "\n", last: bool = True, **how: str) -> str:
    """The whole table in one dialect."""
    return end.join(lines(table.lines(), delimiter, **how)) + (end if last else "")


def case(situation: str, name: str, content: str | bytes, table: Table, encoding: str = "utf-8") -> Case:
    made = content if isinstance(content, bytes) else content.encode(encoding)
    return Case(situation, name, made, table.header, table.rows)


def nameless(situation: str, name: str, content: str | bytes, rows: list[list[str]]) -> Case:
    made = content if isinstance(content, bytes) else content.encode()
    return Case(situation, name, made, None, rows)


Cases = Iterator[Case]
