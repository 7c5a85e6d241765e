"""`write RUN --beginning TEXT`: a network that learned to write goes on from there."""

import argparse
from typing import Any

from core import generate, runs
from core.answer import Model
from core.errors import RunError
from core.suggest import WRITING
from core.words import mark

HELP = mark("Write on in the style of the texts that a model learned from.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")
    parser.add_argument("--beginning", default="", help="the text that it goes on from")
    parser.add_argument("--length", type=int, default=400, help="characters to write")
    parser.add_argument(
        "--temperature", type=float, default=0.7, help="how daring: 0 always takes the likeliest"
    )
    parser.add_argument(
        "--top-k", type=int, default=0, help="choose among so many characters at most; 0 for all"
    )
    parser.add_argument(
        "--top-p", type=float, default=1.0, help="choose among the likeliest with this share together"
    )
    parser.add_argument(
        "--stop", action="append", default=[], help="end after this word; may be given several times"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed writes the same text")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The text, and which characters of the beginning were never seen.

    Raises:
        RunError: If the model answers another kind of question.
    """
    model = Model.open(runs.find(args.run))
    if model.recipes["task"] != WRITING:
        raise RunError(
            mark(
                "This model does not write: it answers about “{target}”.",
                target=model.recipes["target"]["column"],
            ),
            mark("Choose a run that learned to write on, or use “predict”."),
        )
    target = model.recipes["target"]
    found = generate.write(
        model.writer, target, args.beginning, max(args.length, 0), max(args.temperature, 0.0), args.top_k,
        min(max(args.top_p, 0.01), 1.0), tuple(args.stop), max(args.seed, 0),
    )  # fmt: skip
    return {
        "text": args.beginning + generate.text(target, list(found)),
        "unknown": generate.unknown(target, args.beginning),
    }
