"""`open FILE`: a run that was taken away as one file, from this Modelyard or another, opens again here."""

import argparse
from pathlib import Path
from typing import Any

from core import opening
from core.terminal._progress import report
from core.words import mark

HELP = mark("Open a run that was taken away as one file.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("file", type=Path, help="what `export --format run_file` wrote")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The run and its project; its sample rows were answered here as where it comes from."""
    report(0.0, mark("Looking through the file"))
    found = opening.open_run(args.file)
    return {"run": found.run.id, "project": found.project.id, "rows": found.rows}
