"""`python -m core add FILE`: keep a file in the workspace as a data set."""

from argparse import ArgumentParser, Namespace
from typing import Any

from core import datasets
from core.terminal import _elsewhere, _files
from core.terminal._files import TABLE
from core.terminal._progress import report
from core.words import mark

FETCHED = 0.5  # share of the work that is usually done when it is there
HELP = mark("Keep a file in the workspace as a data set")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", help=f"{TABLE}; or pictures in a zip or a folder, or texts in a zip; or a web address of one"
    )
    _files.part(parser)
    parser.add_argument("--name", default=None, help="what to call it, if not like the file")


def run(args: Namespace) -> dict[str, Any]:
    with _elsewhere.here(args.file, lambda share: report(FETCHED * share, mark("Fetching the file"))) as path:
        data = datasets.add(path, args.name, report, args.part)
    notes = [str(note) for note in data.notes]
    return {
        "data": data.id,
        "name": data.name,
        "rows": data.rows,
        "columns": len(data.columns),
        "notes": notes,
    }
