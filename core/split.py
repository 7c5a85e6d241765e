"""Which rows train, which validate and which are kept apart for the test."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core import recipes
from core.columns import SHELF as COLUMNS
from core.errors import DataError
from core.goal import Goal, Split
from core.tasks import SHELF as TASKS
from core.words import mark

if TYPE_CHECKING:
    from pandas import DataFrame

SIDES = ("train", "validation", "test")
FEWEST_ROWS, FEWEST_GROUPS = 10, 10
DRAWS = 64  # divisions of groups, of which the one nearest to the asked shares is taken
MOST_APART = 0.9
MOST_ONCE, MOST_ONCE_SHARE = 10, 0.5  # answers given once, from so many different ones on


def divide(table: "DataFrame", goal: Goal) -> tuple[dict[str, np.ndarray], int]:
    """Row numbers of each side, and how many rows have no answer.

    Raises:
        DataError: If too few rows have an answer, or the rows cannot be put in order of time.
    """
    answers = table[goal.target].to_numpy()
    codes, values = distinct(answers)
    if TASKS[goal.task].FORM == "number":
        parse = reading(COLUMNS["number"], [v for v in values if v.strip()], goal.target)
        usable = np.isfinite(recipes.read_values(values, parse))
    else:
        usable = np.array([bool(value.strip()) for value in values], bool)
    rows = np.flatnonzero(usable[codes])
    _check_shares(goal.split)
    check_enough(len(rows), goal.target)
    if goal.task == "one_of_many":
        check_repeated(np.bincount(codes[rows], minlength=len(values)), goal.target)
    if goal.split.by == "time":
        sides = by_time(rows, _moments(table, goal, rows), goal.split)
    else:
        classes = codes[rows] if TASKS[goal.task].FORM == "classes" else None
        if goal.split.by == "given":
            told = np.char.lower(np.char.strip(_cells(table, goal, rows).astype(str)))
            sides = as_given(rows, told, classes, goal.split)
        elif goal.split.by == "group":
            sides = by_group(rows, _cells(table, goal, rows), classes, goal.split)
        else:
            sides = by_chance(rows, classes, goal.split)
    return sides, len(table) - len(rows)


def _cells(table: "DataFrame", goal: Goal, rows: np.ndarray) -> np.ndarray:
    """What the column that divides the rows says of each."""
    name = goal.split.column
    if name not in table.columns:
        raise DataError(
            mark(
                "The rows are to be divided as a column says, but there is no column “{name}”.",
                name=name[:80],
            ),
            mark("Divide them by chance, or name the column that divides them."),
        )
    return table[name].iloc[rows].to_numpy()


def _check_shares(how: Split) -> None:
    if not (how.validation >= 0 and how.test >= 0 and how.validation + how.test <= MOST_APART):
        raise DataError(
            mark("{share:.0%} of the rows would be kept from training.", share=how.validation + how.test),
            mark("Give validation and test together at most {most:.0%}.", most=MOST_APART),
        )


def _moments(table: "DataFrame", goal: Goal, rows: np.ndarray) -> np.ndarray:
    name = goal.split.time_column
    if name not in table.columns:
        raise DataError(
            mark("The rows are to be divided by time, but no date column is named."),
            mark("Choose the column that says when each row happened, or divide by chance."),
        )
    texts = table[name].iloc[rows].tolist()
    kind = "number" if goal.kinds.get(name) == "number" else "date"
    return recipes.read_values(texts, reading(COLUMNS[kind], texts, name))


def reading(kind: Any, texts: list[str], name: str) -> dict[str, Any]:
    """How the column is written; a complaint names the column."""
    try:
        return kind.reading(texts)
    except DataError as error:
        raise DataError(mark("Column “{name}”: {what}", name=name, what=error.what), error.fix) from error


def distinct(texts: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Each text's place among the different texts, and these in the order in which they come."""
    from pandas import factorize  # noqa: PLC0415 - gate to pandas

    codes, values = factorize(texts)
    return codes, [str(value) for value in values]


def by_chance(rows: np.ndarray, classes: np.ndarray | None, how: Split) -> dict[str, np.ndarray]:
    """Divide by lot; where there are classes, each class by itself in the same shares.

    A class with a single row trains: nothing could be learned of it otherwise. `RandomState` is frozen by
    NumPy's policy, so the same seed gives the same rows on every machine and in every version.

    Args:
        rows: Row numbers to divide.
        classes: The class number of each of these rows, or None for an amount.
        how: Shares and seed.
    """
    random = np.random.RandomState(how.seed)
    groups = [rows] if classes is None else [rows[classes == c] for c in np.unique(classes)]
    # Rounding each class by itself would starve small sides, so what is cut off is carried to the next class.
    owed = {"test": 0.0, "validation": 0.0}
    sides: dict[str, list[np.ndarray]] = {side: [] for side in SIDES}
    for group in sorted(groups, key=len, reverse=True):
        left = random.permutation(group)
        for side, share in (("test", how.test), ("validation", how.validation)):
            wanted = len(group) * share + owed[side]
            taken = int(min(np.floor(wanted + 0.5), max(len(left) - 1, 0)))
            owed[side] = wanted - taken
            sides[side].append(left[:taken])
            left = left[taken:]
        sides["train"].append(left)
    return {side: np.sort(np.concatenate(parts)).astype(np.int64) for side, parts in sides.items()}


def as_given(
    rows: np.ndarray, told: np.ndarray, classes: np.ndarray | None, how: Split
) -> dict[str, np.ndarray]:
    """Divide as is told of each row; a side of which nothing is told is drawn from the training rows by chance.

    Args:
        told: One of `SIDES` for each of the rows; all else trains.
    """
    named = {side: rows[told == side] for side in SIDES if side != "train"}
    rest = ~np.isin(told, list(named))
    left = {
        side: share
        for side, share in (("test", how.test), ("validation", how.validation))
        if not len(named[side])
    }
    shares = {"test": 0.0, "validation": 0.0, **left}
    drawn = by_chance(rows[rest], None if classes is None else classes[rest], replace(how, **shares))
    return {side: named[side] if side in named and side not in left else drawn[side] for side in SIDES}


def by_group(
    rows: np.ndarray, names: np.ndarray, classes: np.ndarray | None, how: Split
) -> dict[str, np.ndarray]:
    """Divide by lot, all rows of one name together, so that the test asks about names that were never trained.

    Of many draws the one is taken whose sides, and in them each class, come nearest to the asked shares: whole groups seldom
    fit exactly.

    Args:
        names: Whose row each is; rows without a name are a group of their own each.
        classes: As for `by_chance`.

    Raises:
        DataError: If there are too few names.
    """
    groups, known = distinct(np.char.strip(names.astype(str)))
    nameless = np.flatnonzero(groups == (known.index("") if "" in known else -1))
    groups[nameless] = len(known) + np.arange(len(nameless))
    groups, count = distinct(groups)[0], len(known) - ("" in known) + len(nameless)
    if count < FEWEST_GROUPS:
        raise DataError(
            mark("Column “{column}” names only {count}.", column=how.column, count=count),
            mark("Rows of one can be kept together where there are at least {least}; divide by chance instead.", least=FEWEST_GROUPS),
        )  # fmt: skip
    kinds = np.zeros(len(rows), int) if classes is None else np.unique(classes, return_inverse=True)[1]
    held = np.zeros((count, kinds.max() + 1))  # rows of each class in each group
    np.add.at(held, (groups, kinds), 1)
    ends = np.cumsum([how.test, how.validation])
    wanted = np.outer([how.test, how.validation], held.sum(0))
    random = np.random.RandomState(how.seed)
    best, side_of = np.inf, np.zeros(count, int)
    for _ in range(DRAWS):
        order = random.permutation(count)
        filled = (
            np.cumsum(held[order].sum(1)) - held[order].sum(1) / 2
        )  # where the middle of each group comes to lie
        drawn = np.empty(count, int)
        drawn[order] = np.searchsorted(ends * len(rows), filled)
        missed = sum(np.abs(held[drawn == side].sum(0) - wanted[side]).sum() for side in (0, 1))
        if missed < best:
            best, side_of = missed, drawn
    return {
        name: np.sort(rows[side_of[groups] == side])
        for name, side in (("train", 2), ("validation", 1), ("test", 0))
    }


def by_time(rows: np.ndarray, moments: np.ndarray, how: Split) -> dict[str, np.ndarray]:
    """Divide by time: the latest rows test, those before them validate; rows without a date train.

    Rows of one moment stay together where that leaves no side empty: the one half would tell the other.
    """
    known = np.where(np.isnan(moments), -np.inf, moments)
    places = np.argsort(known, kind="stable")
    order = rows[places]
    test = max(1, round(len(rows) * how.test))
    validation = max(1, round(len(rows) * how.validation))
    ends = [len(rows) - test - validation, len(rows) - test]
    whole = [int(np.searchsorted(known[places], known[places[end]])) for end in ends if 0 < end < len(rows)]
    if len(whole) == 2 and 0 < whole[0] < whole[1]:
        ends = whole
    return {side: np.sort(part) for side, part in zip(SIDES, np.split(order, ends), strict=True)}


def check_enough(rows: int, target: str) -> None:
    """Raises DataError where too few rows have an answer to be divided at all."""
    if rows < FEWEST_ROWS:
        raise DataError(
            mark("Only {count} row has an answer in “{target}”.",
                 plural="Only {count} rows have an answer in “{target}”.", count=rows, target=target),
            mark("Bring at least {count}, better some hundreds, or choose another target.", count=FEWEST_ROWS),
        )  # fmt: skip


def check_repeated(counts: np.ndarray, target: str) -> None:
    """Raises DataError where most answers are given once: what is learned of one says nothing about another.

    Args:
        counts: How many rows give each answer; 0 for what is none.
    """
    different, once = int((counts > 0).sum()), int((counts == 1).sum())
    if different > MOST_ONCE and once > MOST_ONCE_SHARE * different:
        raise DataError(
            mark("Of {count:,} different answers in “{target}”, {once:,} are given by a single row.",
                 count=different, once=once, target=target),
            mark("Group them into fewer, or choose another target."),
        )  # fmt: skip


def check(sides: Mapping[str, np.ndarray], target: str) -> None:
    """Raises DataError where a side is left without rows."""
    empty = [side for side in SIDES if not len(sides[side])]
    if empty:
        total = sum(len(rows) for rows in sides.values())
        label = {"train": mark("training"), "validation": mark("validation"), "test": mark("test")}[empty[0]]
        raise DataError(
            mark("The {total:,} rows with an answer in “{target}” leave no {side} rows.",
                 total=total, target=target, side=label),
            mark("Give the {side} rows a larger share, or bring more rows.", side=label),
        )  # fmt: skip
