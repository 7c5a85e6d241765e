"""What several commands ask of a file: which column is the target, and which drawing answers it."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from core import architecture, datasets, suggest
from core.goal import Goal
from core.graph import Graph, measure
from core.tasks import SHELF as TASKS
from core.templates import DEFAULT
from core.templates import SHELF as TEMPLATES
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
    parser.add_argument("--target", required=True, help="the column to predict")
    parser.add_argument("--task", help=f"one of: {', '.join(TASKS)}; follows from the target if left out")
    parser.add_argument("--template", default=DEFAULT, help=f"one of: {', '.join(TEMPLATES)}")
    parser.add_argument(
        "--graph", type=Path, help="a drawing saved as JSON, or a .keras model, instead of a template's"
    )


def check(args: argparse.Namespace) -> None:
    """Raises UserError for a wrong template or drawing, so that it is answered before the file is read."""
    _ = TEMPLATES[args.template]
    if args.graph:
        architecture.read(args.graph.name, args.graph, NO_FACTS)


def goal(data: str, args: argparse.Namespace, seed: int, tell: Tell) -> Goal:
    """The goal that follows from the target; who names a task says with it what kind of column the target is."""
    kinds = None
    if args.task:
        _ = TASKS[args.task]  # a SettingError names the tasks that there are
        kinds = {args.target: "number" if args.task == "amount" else "category"}
    found = suggest.suggest(datasets.profile(data), args.target, kinds)
    for left in found.left_out:
        tell(1.0, mark("Column “{name}” is left out: {why}", name=left.column, why=left.reason))
    goal = replace(found.goal, task=args.task or found.goal.task)
    return replace(goal, split=replace(goal.split, seed=seed))


def drawing(args: argparse.Namespace, facts: Mapping[str, Any], tell: Tell) -> Graph:
    """The drawing that was named, or the template's. Raises GraphError where it does not work for these rows."""
    if not args.graph:
        return TEMPLATES[args.template].graph(facts, {})
    imported = architecture.read(args.graph.name, args.graph, facts)
    for note in imported.notes:
        tell(1.0, note)
    for error in measure(imported.graph, facts).errors:
        raise error
    return imported.graph
