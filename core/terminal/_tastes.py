"""What a terminal asks where items are recommended: which columns say who, what, when and how much it was liked."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from core import datasets, recommending, roles
from core.errors import DataError
from core.goal import Goal
from core.profile import Profile
from core.words import Sentence, mark

Tell = Callable[[float, Sentence], None]
ROLES = ("person", "item", "time", "rating")
TAKEN = {
    "person": mark("Person: column “{name}”. {why}"),
    "item": mark("Item: column “{name}”. {why}"),
    "time": mark("Time: column “{name}”. {why}"),
    "rating": mark("Rating: column “{name}”. {why}"),
}
NO_ROLE = {
    "time": mark("No column tells the time. Name it with --time if there is one."),
    "rating": mark("No column tells how much it was liked. Name it with --rating if there is one."),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The roles of columns; `--time` is asked for forecasts too and stands there."""
    parser.add_argument("--person", help="to recommend, the column that says who; found if left out")
    parser.add_argument("--item", help="to recommend, the column that says what; found if left out")
    parser.add_argument(
        "--rating", help="to recommend, the column that says how much it was liked; found if left out"
    )
    parser.add_argument("--items", type=Path, help="to recommend, a second table with facts about the items")
    parser.add_argument("--persons", type=Path, help="to recommend, a table with facts about the persons")
    parser.add_argument(
        "--liked-from",
        type=float,
        default=0.0,
        help="to recommend, the rating from which on a row counts; all if left out",
    )


def item(facts: Profile, named: str, person: str = "") -> str:
    """The column that names what is recommended.

    Raises:
        DataError: If the named column is not there, or none was named and none is likely.
    """
    found = _called(facts, named) or roles.likeliest_item(facts, _called(facts, person))
    if found:
        return found
    raise DataError(
        mark("No column was found that names what is to be recommended, such as products or films."),
        mark("Add --item and, if need be, --person with one of these: {columns}.", columns=_some(facts)),
    )


def goal(facts: Profile, asked: Goal, args: argparse.Namespace, seed: int, tell: Tell) -> Goal:
    """The goal with the roles that were named; the others are found, and it is told which.

    Raises:
        DataError: If a named column is not there, or no order is known where the split is to follow it.
    """
    named = {
        role: _called(facts, getattr(args, role))
        for role in ROLES
        if role != "item" and getattr(args, role) is not None
    }
    given = roles.given(facts, asked.target, named, args.liked_from)
    if given is None:
        raise DataError(
            mark("No column was found that names persons who come more than once."),
            mark("Add --person with one of these: {columns}.", columns=[n for n in _some(facts) if n != asked.target]),
        )  # fmt: skip
    found = roles.recommending(facts, asked, given, seed)
    found = replace(found, tastes=replace(found.tastes, **_beside(args, tell)))
    for sentence in _told(facts, found, args, named):
        tell(1.0, sentence)
    if args.split == "chance":
        return replace(found, split=replace(found.split, by="chance"))
    if args.split == "time" and not given.time:
        raise DataError(
            mark("No column tells the order of these rows in time."),
            mark("Name it with --time, or leave --split out."),
        )
    return replace(found, split=replace(found.split, by="time")) if args.split == "time" else found


def _beside(args: argparse.Namespace, tell: Tell) -> dict[str, str]:
    """The data sets with facts about items and persons, by side."""
    given = {"items": args.items, "persons": args.persons}
    return {side: datasets.add(path, progress=tell).id for side, path in given.items() if path}


def _called(facts: Profile, name: str) -> str:
    """The column of that name, where spaces and capitals do not count; empty for none. Raises DataError if there is none."""
    found = recommending.column_called(list(facts.kinds), name)
    if name and not found:
        raise DataError(
            mark("The data set has no column “{name}”.", name=name[:80]),
            mark("Choose from its columns: {names}.", names=_some(facts)),
        )
    return found


def _some(facts: Profile) -> list[str]:
    return list(facts.kinds)[:30]


def _told(facts: Profile, found: Goal, args: argparse.Namespace, named: dict[str, str]) -> list[Sentence]:
    """Which columns were taken, and which others could play the same role."""
    told, tastes = [], found.tastes
    assert tastes is not None
    named = {**named, **({"item": found.target} if args.target or args.item else {})}
    for role in ROLES:
        name = getattr(tastes, role)
        if role in named:
            continue
        if not name:
            told.append(NO_ROLE[role])
            continue
        told.append(replace(TAKEN[role], values={"name": name, "why": roles.why_role(facts, tastes, role)}))
        taken = {getattr(tastes, other) for other in ROLES}
        others = [one for one in roles.rivals(facts, role) if one not in taken]
        if others:
            told.append(
                mark(
                    "If that is another one, name it with --{option}: {names}.",
                    option=role,
                    names=others[:10],
                )
            )
    return told
