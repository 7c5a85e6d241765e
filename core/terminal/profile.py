"""`python -m core profile FILE`: what is known about a table."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from core.profile import ColumnFacts, profile
from core.reading import read
from core.terminal import _files
from core.terminal._files import TABLE
from core.terminal._progress import report
from core.words import mark

HELP = mark("Rows, columns with their kinds, missing values and worries")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=f"{TABLE}; or pictures or texts in a zip")
    _files.part(parser)


def run(args: Namespace) -> dict[str, Any]:
    report(0.0, mark("Reading the table"))
    reading = read(args.file, args.part)
    report(0.5, mark("Looking at the columns"))
    facts = profile(reading.table, pictures=reading.how.get("pictures", ()))
    worries = [
        {"check": w.check, "column": w.column, "level": w.level, "what": str(w.what), "fix": str(w.fix)}
        for w in facts.worries
    ]
    return {
        "rows": facts.rows,
        "columns": [_spoken(column) for column in facts.columns],
        "worries": worries,
        "repeated_rows": facts.repeated,
        "how": dict(reading.how),
        "notes": [str(note) for note in reading.notes],
    }


def _spoken(facts: ColumnFacts) -> dict[str, Any]:
    return {**facts.to_json(), "reason": str(facts.reason)}
