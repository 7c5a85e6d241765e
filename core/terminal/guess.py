"""`guess DATA --column C --answer A --answer B --out FILE`: a first guess for each text from the answers' names alone."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from core import datasets, home
from core.pretrained import by_name
from core.terminal._progress import report
from core.words import mark

MOST = 5_000  # texts that are guessed; of more, these are drawn by lot
HELP = mark("Guess which answer each text gets, from the answers' names alone.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("data", help="a data set's id")
    parser.add_argument("--column", required=True, help="the column of texts")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        help="an answer's name; what it means may follow behind a colon",
    )
    parser.add_argument("--out", type=Path, required=True, help="the JSON file that is written")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the guesses: `rows`, their numbers, the least clear first; `places` among `answers`; and how far `ahead` each is."""
    answers = by_name.read(args.answer)
    texts = datasets.table(args.data, [args.column])[args.column]
    rows = np.flatnonzero(texts.str.strip() != "")
    if len(rows) > MOST:
        rows = np.sort(np.random.RandomState(1).permutation(rows)[:MOST])
    report(0.0, mark("Reading what the texts mean"))
    found = by_name.guess(
        texts.iloc[rows].tolist(), answers, lambda share: report(share, mark("Reading what the texts mean"))
    )
    order = np.argsort(found.ahead, kind="stable")
    args.out.parent.mkdir(parents=True, exist_ok=True)
    home.write_json(args.out, {
        "column": args.column, "answers": [one.name for one in answers], "rows": rows[order].tolist(),
        "places": found.places[order].tolist(), "ahead": np.round(found.ahead[order], 4).tolist(),
    })  # fmt: skip
    return {"rows": len(rows), "left_out": len(texts) - len(rows), "file": str(args.out)}
