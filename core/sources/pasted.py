"""Cells that were copied out of a spreadsheet, or the text of a table."""

from collections.abc import Callable
from pathlib import Path

from core.errors import FileError
from core.words import mark

LABEL = mark("Paste from a spreadsheet")
HELP = mark("Copy the cells in your spreadsheet, with the line of names, and paste them here.")


def bring(asked: str, folder: Path, progress: Callable[[float], None] = lambda share: None) -> Path:
    """The text as a file. Raises FileError where there are no rows in it."""
    if len([line for line in asked.splitlines() if line.strip()]) < 2:
        raise FileError(
            mark("What was pasted has no rows below a line of names."),
            mark("Copy the line of names and the rows below it, and paste them."),
        )
    path = folder / "pasted.tsv"
    path.write_text(asked, encoding="utf-8", newline="")
    progress(1.0)
    return path
