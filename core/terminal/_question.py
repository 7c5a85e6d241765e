"""What several commands ask of a file: which column is the target, and which drawing answers it."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from core import architecture, datasets, series, suggest
from core.columns.image import SIDE
from core.errors import DataError
from core.goal import Goal, Split
from core.graph import Graph, measure
from core.profile import Profile
from core.tasks import SHELF as TASKS
from core.tasks import best_answer
from core.templates import SHELF as TEMPLATES
from core.templates import default_for
from core.terminal import _tastes
from core.words import Sentence, mark

AHEAD = series.AHEAD
Tell = Callable[[float, Sentence], None]
KINDS_OF = {
    "number": "number",
    "items": "identifier",
    "texts": "text",
    "text": "text",
}  # kind of the target's column by the task's form, if no category
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
        "--split",
        choices=("chance", "time"),
        help="how the test rows are chosen; follows from the data if left out",
    )
    parser.add_argument("--together", help="the column whose rows stay together, such as a customer's number")
    parser.add_argument(
        "--time", help="for a forecast or to recommend, the column that tells the time; found if left out"
    )
    _tastes.arguments(parser)
    parser.add_argument(
        "--series",
        help="for a forecast, the columns that tell series apart, with commas between; found if left out",
    )
    parser.add_argument(
        "--ahead", type=int, help="for a forecast, how many steps; follows from the data if left out"
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
    name = args.target or getattr(args, "item", None) or known.how.get("label", "")
    if args.task == "recommend":
        return _tastes.item(datasets.profile(data), name, args.person or "")
    if not name and known.how.get("prose"):  # a book has one column
        name = known.columns[0]
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
    if not args.task and datasets.load(data).how.get("prose"):
        args.task = suggest.WRITING
    if args.task:
        # A SettingError names the tasks that there are.
        kinds = {named: KINDS_OF.get(TASKS[args.task].FORM, "category")}
    facts = datasets.profile(data)
    if args.task == "recommend":
        return _tastes.goal(facts, Goal(named, args.task, (), facts.kinds), args, seed, tell)
    found = suggest.suggest(facts, named, kinds)
    for left in found.left_out:
        tell(1.0, mark("Column “{name}” is left out: {why}", name=left.column, why=left.reason))
    goal = replace(found.goal, task=args.task or found.goal.task)
    if goal.task == suggest.WRITING:
        asked = suggest.writing(named, found.goal.kinds)
        return replace(asked, split=replace(asked.split, seed=seed))
    if goal.task == "best_answer":
        return _replies(facts, goal, args, seed)
    if goal.task == "rewrite":
        return _rewriting(facts, goal, seed)
    if goal.task == "forecast":
        return _forecast(data, facts, goal, args, seed)
    if not found.goal.inputs:
        raise _nothing_to_answer_from(named, found.left_out)
    split = _split(suggest.times(facts, named), found.goal.split, args)
    if split.by == "time":
        tell(1.0, suggest.why_by_time(split))
    inputs = tuple(name for name in goal.inputs if name != args.together)
    return replace(goal, inputs=inputs, split=replace(split, seed=seed), picture_side=args.picture_size or 0)


def _replies(facts: Profile, goal: Goal, args: argparse.Namespace, seed: int) -> Goal:
    distinct = {column.name: column.distinct for column in facts.columns}
    asking = best_answer.fits({**facts.kinds, goal.target: goal.kinds[goal.target]}, distinct, goal.target)
    if not asking:
        raise DataError(
            mark("No column beside “{target}” holds questions.", target=goal.target),
            mark(
                "Bring a table with a column of questions, best called “question”, and one of their answers."
            ),
        )
    split = goal.split if args.split != "chance" and goal.split.by == "given" else Split()
    return replace(goal, inputs=asking, split=replace(split, seed=seed))


def _rewriting(facts: Profile, goal: Goal, seed: int) -> Goal:
    source = suggest.rewriting_from(facts, goal.target, {**facts.kinds, goal.target: goal.kinds[goal.target]})
    if not source:
        raise DataError(
            mark("No column beside “{target}” holds texts that could become its own.", target=goal.target),
            mark("Bring a table with two columns of texts, best called “source” and “translation”."),
        )
    asked = suggest.rewriting(goal.target, source, goal.kinds)
    return replace(asked, split=replace(asked.split, seed=seed))


def _forecast(data: str, facts: Profile, goal: Goal, args: argparse.Namespace, seed: int) -> Goal:
    by = (
        tuple(name.strip() for name in args.series.split(",") if name.strip())
        if args.series is not None
        else None
    )
    goal = series.forecasting(data, facts, goal, args.time, by)
    if args.ahead is not None:
        AHEAD.check(args.ahead)
        goal = replace(goal, forecast=replace(goal.forecast, steps=args.ahead))
    return replace(goal, split=replace(goal.split, seed=seed))


def _split(times: list[str], found: Split, args: argparse.Namespace) -> Split:
    """The split that was asked for. Raises DataError where it is by time and no column tells the time."""
    if args.together:
        return Split(by="group", column=args.together)
    if args.split == "chance":
        return Split()
    if args.split == "time" and found.by != "time":
        if not times:
            raise DataError(
                mark("No column tells the order of these rows in time."),
                mark("Divide them by chance, or bring a column of dates that the rows follow."),
            )
        return Split(by="time", time_column=times[0])
    return found


def _nothing_to_answer_from(target: str, left: Sequence[suggest.LeftOut]) -> DataError:
    """Why no column is an input, by the first that is none."""
    fix = mark(
        "Bring a table with columns that differ from row to row and have to do with “{target}”.",
        target=target,
    )
    if not left:
        return DataError(mark("There is no column besides “{target}” to answer from.", target=target), fix)
    return DataError(
        mark("The only other column, “{name}”, cannot be used: {why}", name=left[0].column, why=left[0].reason)
        if len(left) == 1
        else mark(
            "None of the {count:,} columns besides “{target}” can be used, such as “{name}”: {why}",
            count=len(left), target=target, name=left[0].column, why=left[0].reason,
        ),
        fix,
    )  # fmt: skip


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
