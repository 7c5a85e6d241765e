"""`python -m core read FILE... --out DIR`: each file as it was read, as plain CSV."""

import csv
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import UserError
from core.reading import read
from core.terminal import _files
from core.terminal._files import TABLES
from core.terminal._progress import report
from core.words import mark

if TYPE_CHECKING:
    from pandas import DataFrame

HELP = mark("Write each file as it was read: all cells as text, UTF-8, commas, one header row")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help=TABLES)
    _files.part(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder for the CSV files")


def run(args: Namespace) -> dict[str, Any]:
    """Every file that can be read is written; the first that cannot is reported at the end."""
    args.out.mkdir(parents=True, exist_ok=True)
    written, refused = [], []
    for done, (path, out) in enumerate(zip(args.files, _places(args.files, args.out), strict=True)):
        report(done / len(args.files), mark("Reading {name}", name=path.name))
        try:
            written.append(_one(path, out, args.part))
        except UserError as error:
            refused.append(error)
    if refused:
        raise refused[0]
    return {"files": written}


def _places(files: list[Path], folder: Path) -> Iterator[Path]:
    """Where each file is written: `<its name>.csv`, with a number where an earlier one is called the same."""
    taken: set[str] = set()
    for path in files:
        name, again = path.name, 2
        while name in taken:
            name, again = f"{path.name}_{again}", again + 1
        taken.add(name)
        yield folder / f"{name}.csv"


def _one(path: Path, out: Path, part: str) -> dict[str, Any]:
    reading = read(path, part)
    write_csv(reading.table, out)
    return {
        "file": str(path),
        "out": str(out),
        "rows": len(reading.table),
        "columns": list(reading.table.columns),
        "how": dict(reading.how),
        "notes": [str(note) for note in reading.notes],
    }


def write_csv(table: "DataFrame", out: Path) -> None:
    """The table as UTF-8 with commas, one header row, and nothing quoted that need not be."""
    columns = [table.iloc[:, place].tolist() for place in range(len(table.columns))]
    # Python's writer does not see that a lone carriage return needs quotes.
    returns = any("\r" in cell for column in columns for cell in column)
    quoting = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=quoting)
        writer.writerow(table.columns)
        writer.writerows(zip(*columns, strict=True))
