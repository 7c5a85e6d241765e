"""`bring RUN FILE`: a list of rows to label that was filled in becomes part of the run's table, as a data set of its own."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core import datasets, prepare, reading, runs
from core.errors import RunError
from core.results import label_next, labelled
from core.terminal._progress import report
from core.words import mark

MADE = 0.4  # share of the work that is usually done by then
HELP = mark("Put the answers of a filled list of rows to label into the run's table.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")
    parser.add_argument(
        "file", type=Path, help="the list that `label` wrote, filled in, or other rows with answers"
    )


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The new data set, ready for the run's question; the old one stays as it is."""
    found = runs.find(args.run)
    recipes = found.recipes()
    if not recipes or not label_next.suits(recipes):
        raise RunError(
            mark("Answers can be brought to tables and texts only."),
            mark("Take a run that answers rows of a table or texts."),
        )
    report(0.0, mark("Reading the rows"))
    spec, target = found.spec(), recipes["target"]["column"]
    about = datasets.load(spec.data)
    said = labelled.brought(datasets.table(spec.data), reading.read(args.file).table, target)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(about.source).stem or 'table'}.parquet"
        said.table.to_parquet(path, index=False)
        report(MADE, mark("Keeping the table"))
        data = datasets.add(path, about.name)
    ready = prepare.prepare(data.id, spec.goal)
    return {
        "data": data.id, "name": data.name, "rows": data.rows, "prepared": ready.id,
        "filled": said.filled, "changed": said.changed, "added": said.added, "empty": said.empty,
        "sentence": str(labelled.told(said, recipes["target"].get("classes", ()), target)),
    }  # fmt: skip
