"""`python -m core add FILE`: keep a file in the workspace as a data set."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from core import datasets
from core.terminal import _files
from core.terminal._files import TABLE
from core.terminal._progress import report
from core.words import mark

HELP = mark("Keep a file in the workspace as a data set")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help=f"{TABLE}; or pictures in a zip or a folder, or texts in a zip"
    )
    _files.part(parser)
    parser.add_argument("--name", default=None, help="what to call it, if not like the file")


def run(args: Namespace) -> dict[str, Any]:
    data = datasets.add(args.file, args.name, report, args.part)
    notes = [str(note) for note in data.notes]
    return {
        "data": data.id,
        "name": data.name,
        "rows": data.rows,
        "columns": len(data.columns),
        "notes": notes,
    }
