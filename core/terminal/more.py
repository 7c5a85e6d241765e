"""`more RUN`: whether more rows would make a model better, by a cheap stand-in that learns from ever more of them."""

import argparse
from typing import Any

import numpy as np

from core import datasets, prepare, runs
from core.errors import RunError
from core.graph import sources
from core.results import more_rows, stand_in
from core.tasks import SHELF as TASKS
from core.terminal._progress import report
from core.words import mark

READ = 0.4  # share of the work that is usually done when all rows are read
HELP = mark("Find out whether more rows would make a model better.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """How good a stand-in is with more and more rows, and what twice as many would bring."""
    found = runs.find(args.run)
    spec = found.spec()
    prepared = prepare.prepare(spec.data, spec.goal).reading(sources(spec.graph))
    made = prepared.plain()
    rows = np.sort(np.concatenate([prepared.rows(side) for side in prepare.ENCODED]))
    _check(made, len(rows))
    count = len(rows)
    some = (
        rows
        if count <= more_rows.MOST
        else np.sort(np.random.RandomState(1).permutation(rows)[: more_rows.MOST])
    )
    table = datasets.table(spec.data, spec.goal.columns).iloc[some]
    task, classes = TASKS[made["task"]], TASKS[made["task"]].FORM == "classes"
    report(0.0, mark("Reading the rows"))
    values = stand_in.features(made, table, lambda share: report(READ * share, mark("Reading the rows")))
    truth = _truth(task, made["target"], table[made["target"]["column"]].tolist(), classes)
    known = (
        np.flatnonzero(truth >= 0) if classes else np.arange(len(truth))
    )  # of validation, some are never trained
    values, truth = values[known], truth[known]
    learned = more_rows.measure(
        truth if classes else None, len(truth), stand_in.learner(values, truth, classes=classes),
        lambda share: report(READ + (1 - READ) * share, mark("Learning from ever more rows")),
    )  # fmt: skip
    told = {
        **learned,
        "classes": classes,
        "rows": count,
        "next": more_rows.foretold(learned["sizes"], learned["scores"], count),
    }
    more_rows.write(found.folder, told)
    return {**told, "sentence": str(more_rows.told(told))}


def _check(made: dict[str, Any], count: int) -> None:
    if not stand_in.suits(made):
        raise RunError(
            mark("This can be foretold for answers and amounts in tables and texts only."),
            mark("Train with half of the rows, compare both models, and see what the other half brought."),
        )
    if count < more_rows.FEWEST:
        raise RunError(
            mark("With {count} rows nothing can be foretold.", count=count),
            mark("More rows will help for sure: bring at least {fewest}.", fewest=more_rows.FEWEST),
        )


def _truth(task: Any, target: dict[str, Any], texts: list[str], classes: bool) -> np.ndarray:
    """Class numbers, or amounts."""
    truth = np.asarray(task.encode_target(target, texts)).reshape(len(texts))
    return truth.astype(int) if classes else truth.astype(np.float64)
