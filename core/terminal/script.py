"""`script FILE --target COLUMN`: the network for a file as a Keras script."""

import argparse
from pathlib import Path
from typing import Any

from core import datasets, prepare
from core.script import script
from core.templates import SHELF as TEMPLATES
from core.terminal import _files, _question
from core.terminal._files import TABLE
from core.terminal._progress import report
from core.words import mark

HELP = mark("Write a network as a Keras script.")
SEED = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument(
        "file", type=Path, help=f"{TABLE}; or pictures in a zip or a folder, or texts in a zip"
    )
    _files.part(parser)
    _question.arguments(parser)
    parser.add_argument("--out", type=Path, help="the Python file that is written; it is printed if left out")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The script that makes the network, as it would be trained on this file."""
    _question.check(args)
    data = datasets.add(args.file, progress=report, part=args.part)
    prepared = prepare.prepare(data.id, _question.goal(data.id, args, SEED, report), progress=report)
    graph = _question.drawing(args, prepared.facts, report)
    text = script(
        graph, prepared.facts, TEMPLATES[_question.template(args, prepared.facts)].training(prepared.facts)
    )
    if args.out is None:
        return {"script": text}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(text, encoding="utf-8")
    return {"file": str(args.out), "layers": len(graph.layers)}
