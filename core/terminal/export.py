"""`export RUN --format F --out DIR`: a model to take away, proved before it is handed over."""

import argparse
from pathlib import Path
from typing import Any

from core import proof, runs
from core.exports import SHELF as EXPORTS
from core.terminal._progress import report
from core.words import mark

HELP = mark("Take a model away, with the proof that it says the same.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")
    parser.add_argument("--format", required=True, help=f"one of: {', '.join(EXPORTS)}")
    parser.add_argument("--out", type=Path, required=True, help="the folder that the file is put into")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the file and say how exactly it answers."""
    path, proved = proof.export(runs.find(args.run), args.format, args.out, report)
    return {"file": str(path), "format": args.format, "proof": proved}
