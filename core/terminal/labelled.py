"""`labelled DATA --answers FILE`: the same table with a column of answers, as a data set of its own."""

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core import datasets
from core.errors import DataError
from core.terminal._progress import report
from core.words import mark

HELP = mark("Keep a table with answers that were written down for some of its rows.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("data", help="a data set's id")
    parser.add_argument(
        "--answers",
        type=Path,
        required=True,
        help='a JSON file: {"column": name, "rows": {row number from 0: answer}}',
    )
    parser.add_argument("--name", default=None, help="what to call it")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The new data set; the old one stays as it is."""
    told = json.loads(args.answers.read_text(encoding="utf-8"))
    column, rows = (
        datasets.clean_name(str(told["column"])),
        {int(row): str(text) for row, text in told["rows"].items()},
    )
    report(0.0, mark("Keeping the table"))
    table = datasets.table(args.data)
    if column in table.columns and (table[column].str.strip() != "").any():
        raise DataError(
            mark("The table has a column “{column}” already.", column=column),
            mark("Give the new column another name."),
        )
    answers = [""] * len(table)
    for row, text in rows.items():
        if 0 <= row < len(answers):
            answers[row] = text
    about = datasets.load(args.data)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(about.source).stem or 'table'}.parquet"
        table.assign(**{column: answers}).to_parquet(path, index=False)
        data = datasets.add(path, args.name or about.name, report)
    return {"data": data.id, "name": data.name, "rows": data.rows, "answered": len(rows), "column": column}
