"""A table of who did what, and when, as whole numbers: persons, items and events in order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core import recipes
from core.columns import SHELF as COLUMNS
from core.errors import DataError
from core.goal import Tastes
from core.recommending import spelled
from core.tastes import times
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame, Series

ROBOT_EVENTS, ROBOT_DAYS = 500, 1 / 1440  # so many in a minute
MOST_MERGED = 0.2  # of the names that differ by capitals alone: more than a slip, they mean different things
FEWEST_EVENTS, FEWEST_TESTED = 30, 5


@dataclass(frozen=True)
class Events:
    """Who did what, each pair once, by person and then by time.

    Args:
        person: Codes from 1 on, int32 [events].
        item: Codes from 1 on, int32 [events].
        time: Days, float64 [events]; None where nothing tells the order.
        row: The row of the table, int64 [events].
        persons: Their names, that of code 1 first.
        items: Likewise.
        liked: Whether it counts as liked, bool [events]; what is not is only never shown again.
        notes: What was noticed on the way.
        rating: How much it was liked, float64 [events], NaN where nobody says; None where ratings tell nothing.
    """

    person: np.ndarray
    item: np.ndarray
    time: np.ndarray | None
    row: np.ndarray
    persons: Sequence[str]
    items: Sequence[str]
    liked: np.ndarray
    notes: tuple[Sentence, ...] = ()
    rating: np.ndarray | None = None


def read(table: "DataFrame", tastes: Tastes, now: float | None = None) -> Events:
    """The events of a table of text.

    Args:
        now: Days since 1970; the times beyond it are noticed. None looks at none.

    Raises:
        DataError: If there is nothing to learn from: one person, one item, or too few rows.
    """
    _check_roles(table, tastes)
    notes: list[Sentence] = []
    person, persons = _names(table[tastes.person], tastes.person, notes)
    item, items = _names(table[tastes.item], tastes.item, notes)
    there = (person > 0) & (item > 0)
    if (~there).any():
        notes.append(
            mark("{count:,} rows lack the person or the item and are left out.", count=int((~there).sum()))
        )
    time = times.read(table[tastes.time].tolist(), tastes.time, notes, now) if tastes.time else None
    rating = _ratings(table[tastes.rating].tolist(), tastes, notes) if tastes.rating else None
    liked = np.ones(len(table), bool) if rating is None else _liked(rating, tastes)
    rows = np.flatnonzero(there)
    if time is not None:
        rows = rows[~np.isin(person[rows], _robots(person[rows], time[rows], notes))]
    found = _once(rows, person, item, time, notes)
    _check(person[found], item[found], tastes)
    codes, persons = _left(person[found], persons)
    item_codes, items = _left(item[found], items)
    _lone(item_codes, len(items), notes)
    return Events(
        codes,
        item_codes,
        None if time is None else time[found],
        found,
        persons,
        items,
        liked[found],
        tuple(notes),
        None if rating is None else rating[found],
    )


def _check_roles(table: "DataFrame", tastes: Tastes) -> None:
    gone = [
        n for n in (tastes.person, tastes.item, tastes.time, tastes.rating) if n and n not in table.columns
    ]
    if gone:
        raise DataError(
            mark("The data set has no column “{name}”.", name=gone[0]),
            mark("Choose from its columns: {names}.", names=list(table.columns[:30])),
        )
    if tastes.person == tastes.item:
        raise DataError(
            mark("“{name}” is to be both the person and the item.", name=tastes.person),
            mark("Choose two different columns: one says who, the other what."),
        )


def _names(texts: "Series", column: str, notes: list[Sentence]) -> tuple[np.ndarray, list[str]]:
    """The code of each row's name, 0 where there is none, and the names as they are most often written."""
    import pandas  # noqa: PLC0415 - gate to a heavy library

    place, written = pandas.factorize(
        texts.fillna("")
    )  # each way of writing is looked at once, in a million rows too
    rows = np.bincount(place, minlength=len(written)).tolist()
    exact = [" ".join(str(text).split()) for text in written]
    often: Counter[str] = Counter()
    for name, count in zip(exact, rows, strict=True):
        often[name] += count
    plain = {name: _plain_case(name) for name in often}
    keys = _keys(plain, column, notes)
    groups: dict[str, list[str]] = {}
    for name in often:
        groups.setdefault(keys[name], []).append(name)
    groups.pop("", None)
    shown = {key: max(names, key=lambda one: (often[one], one)) for key, names in groups.items()}
    ordered = sorted(groups)
    code = {name: place for place, key in enumerate(ordered, start=1) for name in groups[key]}
    merged = [names for names in groups.values() if len(names) > 1]
    spaced = sum(count for text, name, count in zip(written, exact, rows, strict=True) if str(text) != name)
    if merged:
        notes.append(mark(
            "In “{column}”, {count:,} names are written in several ways, such as “{one}” and “{other}”, and count as one each.",
            column=column, count=len(merged), one=merged[0][0][:60], other=merged[0][1][:60],
        ))  # fmt: skip
    elif spaced:
        notes.append(
            mark("In “{column}”, spaces around {count:,} names do not count.", column=column, count=spaced)
        )
    return np.array([code.get(name, 0) for name in exact], np.int32)[place], [shown[key] for key in ordered]


def _keys(plain: Mapping[str, str], column: str, notes: list[Sentence]) -> dict[str, str]:
    """What each name counts as: without capitals, unless these tell things apart, as in codes such as "aB" and "Ab".

    Args:
        plain: By name, what it counts as where capitals do.
    """
    alike: dict[str, list[str]] = {}
    found = {name: spelled(name) for name in plain}
    for name, key in found.items():
        alike.setdefault(key, []).append(name)
    kinds = {key: len({plain[name] for name in names}) for key, names in alike.items() if len(names) > 1}
    differing = [alike[key] for key, count in kinds.items() if count > 1]
    capitals = sum(count - 1 for key, count in kinds.items() if key)
    folds = capitals <= MOST_MERGED * len(alike) and not any(
        any(map(str.isdigit, names[0])) and not all(map(_one_case, names)) for names in differing
    )
    if differing and not folds:
        notes.append(mark(
            "In “{column}”, {count:,} names differ by capitals alone, such as “{one}” and “{other}”. So many are no slips, so they "
            "count as different ones.",
            column=column, count=len(differing), one=differing[0][0][:60], other=differing[0][1][:60],
        ))  # fmt: skip
    return found if folds else dict(plain)


def _one_case(name: str) -> bool:
    """Whether it is written in small letters, in capitals, or with a capital first, as slips are."""
    return name in (name.lower(), name.upper(), name.capitalize(), name.title())


def _plain_case(name: str) -> str:
    """As `spelled`, but capitals count."""
    return name if spelled(name) == name.casefold() else spelled(name)


def _ratings(texts: Sequence[str], tastes: Tastes, notes: list[Sentence]) -> np.ndarray | None:
    """The ratings as numbers, NaN where there is none; None where they tell nothing."""
    try:
        reading = COLUMNS["number"].reading([t for t in texts if str(t).strip()])
        values = np.asarray(recipes.read_values(texts, reading), np.float64)
    except DataError:
        notes.append(mark("“{column}” holds no numbers, so every row counts alike.", column=tastes.rating))
        return None
    known = values[np.isfinite(values)]
    if not len(known):
        notes.append(mark("“{column}” holds no numbers, so every row counts alike.", column=tastes.rating))
        return None
    if known.min() == known.max():
        notes.append(mark("All ratings in “{column}” are {value:g}: they tell nothing, and every row counts alike.",
                          column=tastes.rating, value=float(known[0])))  # fmt: skip
        return None
    return values


def _liked(values: np.ndarray, tastes: Tastes) -> np.ndarray:
    """Which rows count as liked; those without a rating do.

    Raises:
        DataError: If none does.
    """
    liked = ~(values < tastes.least) if tastes.least else np.ones(len(values), bool)
    if not liked.any():
        raise DataError(
            mark("No rating in “{column}” reaches {least:g}.", column=tastes.rating, least=tastes.least),
            mark(
                "Let a smaller rating count as liked: the highest one is {most:g}.",
                most=float(np.nanmax(values)),
            ),
        )
    return liked


def _robots(person: np.ndarray, time: np.ndarray, notes: list[Sentence]) -> np.ndarray:
    """Those who did more within a minute than any person can."""
    if len(np.unique(time)) < 2 or not np.mod(time, 1).any():  # days tell nothing about minutes
        return np.zeros(0, np.int32)
    order = np.lexsort((time, person))
    who, when = person[order], time[order]
    later = np.arange(ROBOT_EVENTS, len(who))
    fast = (who[later] == who[later - ROBOT_EVENTS]) & (
        when[later] - when[later - ROBOT_EVENTS] <= ROBOT_DAYS
    )
    found = np.unique(who[later[fast]])
    if len(found):
        notes.append(mark("{count:,} had more than {most:,} items within a minute, which only robots do; they are left out.",
                          count=len(found), most=ROBOT_EVENTS))  # fmt: skip
    return found


def _once(
    rows: np.ndarray, person: np.ndarray, item: np.ndarray, time: np.ndarray | None, notes: list[Sentence]
) -> np.ndarray:
    """The rows by person and time; of several with the same person and item, the first."""
    keys = (rows, person[rows]) if time is None else (rows, time[rows], person[rows])
    ordered = rows[np.lexsort(keys)]
    pairs = person[ordered].astype(np.int64) * (int(item.max(initial=0)) + 1) + item[ordered]
    _, first = np.unique(pairs, return_index=True)
    again = len(ordered) - len(first)
    if again:
        notes.append(
            mark("{count:,} rows say again that a person had an item; the first time counts.", count=again)
        )
    return ordered[np.sort(first)]


def _check(person: np.ndarray, item: np.ndarray, tastes: Tastes) -> None:
    """Raises DataError where there is nothing to learn from."""
    if len(np.unique(person)) < 2:
        raise DataError(
            mark("“{column}” names only one person.", column=tastes.person),
            mark("Bring what several persons did: tastes are learned by comparing them."),
        )
    if len(np.unique(item)) < 2:
        raise DataError(
            mark("“{column}” names only one item.", column=tastes.item),
            mark("Bring rows about several items: with one alone there is nothing to choose."),
        )
    several = int((np.bincount(person) >= 3).sum())
    if len(person) < FEWEST_EVENTS or several < FEWEST_TESTED:
        raise DataError(
            mark(
                "Only {count:,} of the persons in “{person}” had three different items of “{item}” or more, too few to learn and to test from.",
                count=several,
                person=tastes.person,
                item=tastes.item,
            ),
            mark(
                "Bring more rows: {least:,} such persons are the least, and some hundred are a beginning.",
                least=FEWEST_TESTED,
            ),
        )


def _left(codes: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """The codes without those that nobody has any more, and their names."""
    kept, made = np.unique(codes, return_inverse=True)
    return (made + 1).astype(np.int32), [names[code - 1] for code in kept]


def _lone(items: np.ndarray, count: int, notes: list[Sentence]) -> None:
    once = int((np.bincount(items, minlength=count + 1) == 1).sum())
    if once:
        notes.append(mark("{count:,} of {total:,} items come only once: nothing links them with others, so they are hardly ever shown.",
                          count=once, total=count))  # fmt: skip
