"""Tables of web pages that were saved as files."""

import codecs
import re
from pathlib import Path
from typing import Any

from core import reading
from core.errors import FileError
from core.readers._encoding import decode
from core.readers._frame import frame
from core.readers._rows import layout, tidy
from core.readers._spans import Grid, Tables
from core.reading import Reading
from core.recipes import column_names
from core.words import Sentence, mark

LABEL = mark("Table of a web page")
HELP = mark(
    "The largest table of a page that was saved, or the one that you choose; nothing in the page is run or fetched."
)
SUFFIXES = (".html", ".htm", ".xhtml")
SEVERAL = True

_STARTS = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style", b"<div")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_PIECE = 1 << 16


def recognises(path: Path, head: bytes) -> bool:
    """A page by its beginning, whatever it is called: many programs call a page `.xls`."""
    start = head[:4000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(_STARTS) or (
        start.startswith((b"<?xml", b"<!--", b"<!doctype")) and b"<html" in start
    ):
        return True
    return path.suffix.lower() in SUFFIXES and start.startswith(b"<")


def read(path: Path, part: str = "") -> Reading:
    """The table, cells as a browser shows their text; a cell that spans several is repeated in each.

    Args:
        part: Which table, by its number and title; the one with the most cells if left out.

    Raises:
        FileError: If there is no table in the page, or it is larger than can be used.
    """
    text, encoding = _text(path)
    tables = {
        f"{number}. {page.title[:80]}".strip(): page for number, page in enumerate(_tables(path, text), 1)
    }
    if not tables:
        raise FileError(
            mark("“{name}” is a web page without a table that has rows.", name=path.name[:80]),
            mark(
                "Save the page with its table once more, or copy the table into a spreadsheet and take that."
            ),
        )
    largest = max(tables, key=lambda name: sum(map(len, tables[name].rows)))
    found = reading.chosen(path, part, list(tables)) if part else largest
    made = _made(path, tables[found])
    how: dict[str, Any] = {"encoding": encoding, **made.how}
    if len(tables) == 1:
        return Reading(made.table, how, made.notes)
    note = mark("Table “{part}” was read, one of {count} in the page.", part=found, count=len(tables))
    return Reading(made.table, {**how, "part": found, "parts": list(tables)}, (note, *made.notes))


def _text(path: Path) -> tuple[str, str]:
    """The page, and its encoding: what it says itself, unless that is not true."""
    data = path.read_bytes()
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"\0" not in data:
        name = said[1].decode("ascii")
        try:
            return data.decode(name), codecs.lookup(name).name
        except (LookupError, ValueError):
            pass  # then it is judged by its letters
    text, encoding, _ = decode(path, data)
    return text, encoding


def _tables(path: Path, text: str) -> list[Grid]:
    from lxml import etree  # noqa: PLC0415 - gate: only pages need it

    told = Tables()
    parser = etree.HTMLParser(target=told, encoding="utf-8", no_network=True, huge_tree=False)
    data = text.encode("utf-8", errors="replace")
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except etree.LxmlError:
        told.close()  # what came before the trouble is as good as it was
    if told.overfull:
        raise FileError(
            mark("The tables of “{name}” have more cells than can be used.", name=path.name[:80]),
            mark("Save only the table that you need as a page, or as CSV."),
        )
    return [page for page in told.found if len(page.rows) > 1]


def _made(path: Path, page: Grid) -> Reading:
    width = max(map(len, page.rows))
    reading.refuse_wide(path, width)
    titles, heads = _heads(page)
    if not heads or titles + heads == len(page.rows):
        found = layout(page.rows)
        made = tidy(page.rows, found)
        return Reading(frame(made.names, made.columns), {"header": found.header}, made.notes)
    rows = [[*row, *[""] * (width - len(row))] for row in page.rows[titles:]]
    names = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows[:heads], strict=True)]
    columns = [list(column) for column in zip(*rows[heads:], strict=True)]
    kept = [i for i in range(width) if names[i] or any(columns[i])]
    unique = column_names(names)
    notes: tuple[Sentence, ...] = ()
    if titles:
        notes = (mark("The title of the table was left out: “{line}”.", line=page.rows[0][0][:80]),)
    return Reading(frame([unique[i] for i in kept], [columns[i] for i in kept]), {"header": True}, notes)


def _heads(page: Grid) -> tuple[int, int]:
    """How many rows at the top are titles, one text over all columns, and how many below them are names."""
    titles = 0
    while (
        titles < len(page.rows)
        and page.headers[titles]
        and len(set(page.rows[titles])) == 1
        and len(page.rows[titles]) > 1
    ):
        titles += 1
    heads = 0
    while titles + heads < len(page.rows) and page.headers[titles + heads]:
        heads += 1
    return titles, heads
