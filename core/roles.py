"""Which columns say who did what, and when: the person, the item, the time and the rating, and why."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import DataError
from core.goal import Goal, Split, Tastes
from core.tasks.recommend import AGAIN, FEWEST, HOLDS, ITEMS, PERSONS, named
from core.words import Sentence, mark

if TYPE_CHECKING:
    from core.profile import ColumnFacts, Profile

TIMES = (
    "time",
    "date",
    "when",
    "timestamp",
    "day",
    "created",
    "moment",
    "datum",
    "zeit",
    "fecha",
    "时间",
    "日期",
)
RATINGS = (
    "rating",
    "stars",
    "score",
    "rate",
    "grade",
    "points",
    "bewertung",
    "sterne",
    "note",
    "评分",
    "打分",
    "星级",
)
DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?!\d)")
MOST_RATINGS = 101
FEWEST_PERSONS = 10
FEWEST_OF_TWO = (
    5  # different persons and items that two columns by any name have to have, FEWEST by structure alone
)
SECONDS = (1e8, 5e9)  # since 1970: from 1973 to 2128


def columns_for(facts: "Profile", role: str) -> list[str]:
    """The columns that may play a role (`"person"`, `"item"`, `"time"` or `"rating"`), for somebody who chooses by hand."""
    return [column.name for column in facts.columns if _may(column, role)]


def _may(column: "ColumnFacts", role: str) -> bool:
    if role in ("person", "item"):
        return column.kind in HOLDS and column.distinct > 1
    if role == "time":
        return (column.kind in ("date", "number") or _written_as_dates(column)) and column.distinct > 1
    return column.kind in ("number", "category") and 1 < column.distinct <= MOST_RATINGS


def fits(facts: "Profile", target: str) -> Tastes | None:
    """The roles to begin with where the target names the item; None where no column beside it can be the person."""
    columns = {column.name: column for column in facts.columns}
    item = columns[target]
    if item.kind not in HOLDS or item.distinct < FEWEST_OF_TWO or named(target, PERSONS + RATINGS + TIMES):
        return None
    others = [c for c in facts.columns if c.name != target and _names_many(c, facts.rows)]
    if not _names_many(item, facts.rows):
        return None
    called = [c for c in others if named(c.name, PERSONS) and c.distinct >= FEWEST_PERSONS]
    whole = [
        c
        for c in others
        if c.distinct >= FEWEST and not named(c.name, ITEMS + TIMES + RATINGS) and named(target, ITEMS)
    ]
    person = next(iter([*called, *sorted(whole, key=lambda c: -c.distinct)]), None)
    if person is None:
        return None
    return Tastes(person.name, target, *_beside(facts, person.name, target))


def _names_many(column: "ColumnFacts", rows: int) -> bool:
    """Whether it names several, and most of them more than once."""
    return (
        column.kind in HOLDS
        and column.distinct >= FEWEST_OF_TWO
        and rows - column.missing >= AGAIN * column.distinct
        and not _fractions(column)
    )


def _fractions(column: "ColumnFacts") -> bool:
    return column.kind == "number" and not column.summary.get("whole", True)


def _beside(facts: "Profile", person: str, item: str) -> tuple[str, str]:
    """The columns of the time and of the rating, empty where there is none."""
    others = [c for c in facts.columns if c.name not in (person, item)]
    dates = [c for c in others if c.kind == "date"]
    told = [c for c in others if c.kind == "number" and named(c.name, TIMES) and _since_1970(c)]
    mixed = [c for c in others if named(c.name, TIMES) and _written_as_dates(c)]
    times = [c for c in dates if named(c.name, TIMES)] or told or mixed or dates
    ratings = [c for c in others if named(c.name, RATINGS) and _may(c, "rating")]
    return times[0].name if times else "", ratings[0].name if ratings else ""


def _written_as_dates(column: "ColumnFacts") -> bool:
    """Whether texts look like dates, in whatever ways they are mixed."""
    return bool(column.examples) and all(DATE.match(text.strip()) for text in column.examples)


def _since_1970(column: "ColumnFacts") -> bool:
    """Whether its numbers can be seconds since 1970, or just count the time."""
    return column.summary.get("min", 0) >= 0 and column.distinct > 2


def why_role(facts: "Profile", tastes: Tastes, role: str) -> Sentence:
    """Why a column plays its role, in words that show what it holds."""
    name = getattr(tastes, role)
    column = next((one for one in facts.columns if one.name == name), None)
    if column is None:
        return NONE_TOLD[role]
    if role in ("person", "item"):
        times = (facts.rows - column.missing) / max(column.distinct, 1)
        return mark(
            "It names {count:,} different ones, each about {times:,.0f} times.",
            count=column.distinct,
            times=max(times, 1),
        )
    if role == "time":
        return mark("It says when: what a person did last is what the model has to foretell.")
    return mark("It says how much it was liked, with {count:,} different values.", count=column.distinct)


NONE_TOLD: Mapping[str, Sentence] = {
    "time": mark(
        "No column says when: one item of each person is kept apart by chance, and no order is learned."
    ),
    "rating": mark("No column says how much it was liked: every row counts alike."),
}


def recommending(facts: "Profile", goal: Goal, tastes: Tastes | None = None, seed: int = 1) -> Goal:
    """The goal to recommend the target, with the roles that are given or found.

    Raises:
        DataError: If no column names persons.
    """
    found = tastes or fits(facts, goal.target) or _any(facts, goal.target)
    if found is None:
        raise DataError(
            mark("No column beside “{target}” names persons who come more than once.", target=goal.target),
            mark(
                "Bring a table with one row for each time that a person had an item: who, what and, if known, when."
            ),
        )
    split = Split("last" if found.time else "chance", found.time, 0.1, 0.1, seed)
    if goal.split.by == "time" and found.time:
        split = replace(split, by="time")
    kinds = {**goal.kinds, found.person: "identifier", found.item: "identifier"}
    return Goal(found.item, "recommend", (found.person,), kinds, split, tastes=found)


def given(facts: "Profile", item: str, named_roles: Mapping[str, str], least: float = 0.0) -> Tastes | None:
    """The roles with those that somebody has named; None where the person was neither named nor found.

    Args:
        named_roles: Columns by `"person"`, `"time"` and `"rating"`; an empty one plays no part.
        least: The rating from which on a row counts as liked; 0 where all do.
    """
    found = fits(facts, item) or _any(facts, item)
    person = named_roles.get("person") or (found.person if found else "")
    if not person:
        return None
    time, rating = _beside(facts, person, item)
    return Tastes(person, item, named_roles.get("time", time), named_roles.get("rating", rating), least)


def likeliest_item(facts: "Profile", person: str = "") -> str:
    """The column that names what is recommended, where nobody says; empty where none does."""
    fitting = [c for c in facts.columns if c.name != person and fits(facts, c.name)]
    fitting.sort(key=lambda c: (not named(c.name, ITEMS), -c.distinct))
    return fitting[0].name if fitting else ""


def rivals(facts: "Profile", role: str) -> list[str]:
    """The columns that could well play a role, by what they hold and are called; the likeliest were taken already."""
    if role in ("person", "item"):
        mine, not_mine = (PERSONS, ITEMS) if role == "person" else (ITEMS, PERSONS)
        fitting = [
            c
            for c in facts.columns
            if _names_many(c, facts.rows)
            and c.distinct >= FEWEST_PERSONS
            and not named(c.name, not_mine + RATINGS + TIMES)
        ]
        return [c.name for c in sorted(fitting, key=lambda c: (not named(c.name, mine), -c.distinct))]
    if role == "time":
        return [c.name for c in facts.columns if c.kind == "date"]
    return [c.name for c in facts.columns if named(c.name, RATINGS) and _may(c, "rating")]


def _any(facts: "Profile", target: str) -> Tastes | None:
    """The likeliest person for a target that somebody has chosen by hand."""
    others = [
        c for c in facts.columns if c.name != target and _may(c, "person") and _names_many(c, facts.rows)
    ]
    others.sort(
        key=lambda c: (not named(c.name, PERSONS), named(c.name, ITEMS + RATINGS + TIMES), -c.distinct)
    )
    if not others:
        return None
    return Tastes(others[0].name, target, *_beside(facts, others[0].name, target))
