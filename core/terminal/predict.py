"""`predict RUN FILE --out FILE`: one line of answers for each row of the file, in its order."""

import argparse
import os
from pathlib import Path
from typing import Any

from core import reading, runs, unread
from core.answer import Model
from core.terminal._progress import report
from core.words import mark

READ, WRITING = 0.2, 0.9  # shares of the work that are usually done by then
HELP = mark("Answer every row of a file.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")
    parser.add_argument("file", type=Path, help="a CSV, Excel or Parquet file")
    parser.add_argument("--out", type=Path, required=True, help="the CSV file that is written")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Write the answers: `prediction`, and `p_<class>` where there are classes."""
    model = Model.open(runs.find(args.run))
    report(0.0, mark("Reading the file"))
    read = reading.read(args.file)
    answers = model.answer_table(read.table, lambda answered: _tell(answered, len(read.table)))
    report(WRITING, mark("Writing the answers"))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    temporary = args.out.with_name(f".{args.out.name}.{os.getpid()}")
    try:
        answers.to_csv(temporary, index=False, lineterminator="\n", encoding="utf-8")
        os.replace(temporary, args.out)
    finally:
        temporary.unlink(missing_ok=True)
    return {
        "rows": len(answers),
        "file": str(args.out),
        "columns": list(answers.columns),
        "notes": [str(note) for note in (*read.notes, *unread.look(model.recipes, read.table))],
    }


def _tell(answered: int, rows: int) -> None:
    """Say how many rows are answered."""
    share = READ + (WRITING - READ) * answered / max(rows, 1)
    report(share, mark("{count:,} of {rows:,} rows answered", count=answered, rows=rows))
