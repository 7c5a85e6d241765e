"""What several commands ask of a file: which column is the target, and which drawing answers it."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from core import architecture, datasets, suggest
from core.columns.image import SIDE
from core.errors import DataError
from core.goal import Goal
from core.graph import Graph, measure
from core.tasks import SHELF as TASKS
from core.templates import SHELF as TEMPLATES
from core.templates import default_for
from core.words import Sentence, mark

Tell = Callable[[float, Sentence], None]
# Rows of which nothing is known yet.
NO_FACTS: Mapping[str, Any] = {
    "inputs": {},
    "output": {"units": 1, "activation": "linear"},
    "rows": {"train": 1},
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What decides about the question and the drawing."""
    parser.add_argument(
        "--target", help="the column to predict; the folders' names if left out and there are pictures"
    )
    parser.add_argument("--task", help=f"one of: {', '.join(TASKS)}; follows from the target if left out")
    parser.add_argument(
        "--picture-size",
        type=int,
        help="places on the longer side of pictures; follows from them if left out",
    )
    parser.add_argument(
        "--template", default="", help=f"one of: {', '.join(TEMPLATES)}; follows from the data if left out"
    )
    parser.add_argument(
        "--graph", type=Path, help="a drawing saved as JSON, or a .keras model, instead of a template's"
    )


def check(args: argparse.Namespace) -> None:
    """Raises UserError for a wrong template, size or drawing, so that it is answered before the file is read."""
    if args.picture_size is not None:
        SIDE.check(args.picture_size)
    if args.template:
        _ = TEMPLATES[args.template]
    if args.graph:
        architecture.read(args.graph.name, args.graph, NO_FACTS)


def target(data: str, args: argparse.Namespace) -> str:
    """The column that was named, or the one that the folders of pictures make.

    Raises:
        DataError: Where none was named and no folders say what the pictures show.
    """
    known = datasets.load(data)
    name = args.target or known.how.get("label", "")
    unsaid = suggest.nothing_said(known.columns, known.how) if not name else None
    if unsaid is not None:
        raise unsaid
    if not name:
        raise DataError(
            mark("It was not said which column is to be predicted."),
            mark("Add --target with one of these: {columns}. Pictures in folders called like what they show need none.",
                 columns=known.columns[:30]),
        )  # fmt: skip
    return name


def goal(data: str, args: argparse.Namespace, seed: int, tell: Tell) -> Goal:
    """The goal that follows from the target; who names a task says with it what kind of column the target is."""
    kinds = None
    named = target(data, args)
    if args.task:
        _ = TASKS[args.task]  # a SettingError names the tasks that there are
        kinds = {named: "number" if args.task == "amount" else "category"}
    found = suggest.suggest(datasets.profile(data), named, kinds)
    for left in found.left_out:
        tell(1.0, mark("Column “{name}” is left out: {why}", name=left.column, why=left.reason))
    goal = replace(found.goal, task=args.task or found.goal.task)
    return replace(goal, split=replace(goal.split, seed=seed), picture_side=args.picture_size or 0)


def template(args: argparse.Namespace, facts: Mapping[str, Any]) -> str:
    """The template that was named, or the one to begin with. Raises DataError where the named one does not suit."""
    if args.template and not TEMPLATES[args.template].suits(facts):
        raise DataError(
            mark("The template “{name}” does not suit these columns.", name=TEMPLATES[args.template].LABEL),
            mark("Take one of these: {names}.", names=[name for name in TEMPLATES if TEMPLATES[name].suits(facts)]),
        )  # fmt: skip
    return args.template or default_for(facts)


def drawing(args: argparse.Namespace, facts: Mapping[str, Any], tell: Tell) -> Graph:
    """The drawing that was named, or the template's. Raises GraphError where it does not work for these rows."""
    if not args.graph:
        return TEMPLATES[template(args, facts)].graph(facts, {})
    imported = architecture.read(args.graph.name, args.graph, facts)
    for note in imported.notes:
        tell(1.0, note)
    for error in measure(imported.graph, facts).errors:
        raise error
    return imported.graph
