"""Recommendations for the persons of a file: which of its columns names them, and what is to be said of them."""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from core import recommending
from core.answer import Model
from core.errors import DataError
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

KNOWN = 0.5  # of a column's names, so many have to be persons that the model knows
TOLD = 5


def recommended(
    model: Model, table: "DataFrame", args: argparse.Namespace, tell: Callable[[int, int], None]
) -> tuple["DataFrame", list[Sentence]]:
    """A row for each person and item, and what was noticed about the persons.

    Raises:
        DataError: If it is not plain which column names the persons, or nobody is named.
    """
    column, notes = who(model, table, args.person or "")
    names = table[column].tolist()
    persons = recommending.each_once(model.tastes, names)
    if not persons:
        raise DataError(
            mark("Column “{name}” of the file names nobody: all its cells are empty.", name=column),
            mark("Write one person into each row."),
        )
    told = recommending.told_of(model.recipes, table)
    found = model.recommended(
        names, args.top, args.seen == "keep", lambda done: tell(done, len(persons)), told
    )
    return found, [*notes, *_noticed(model, names, persons, list(told)), *_none_left(model, found, persons)]


def who(model: Model, table: "DataFrame", named: str = "") -> tuple[str, list[Sentence]]:
    """The column of a table that names the persons, and why it was taken where that is not plain.

    It is the one that was named; else that of training, whatever its spaces and capitals; else the only one there is; else
    the one whose names the model knows.

    Raises:
        DataError: If there is none.
    """
    columns = [str(name) for name in table.columns]
    trained = model.columns[0]
    found = recommending.column_called(columns, named or trained)
    if found:
        return found, []
    if not named:
        found = columns[0] if len(columns) == 1 else _known(model, table)
    if found:
        return found, [
            mark("Persons are taken from the column “{name}”; in training it was called “{trained}”.", name=found, trained=trained)
        ]  # fmt: skip
    raise DataError(
        mark(
            "The file has no column “{name}”, which says for whom to recommend.", name=(named or trained)[:80]
        ),
        mark("Name the column of persons with --person: {names}.", names=columns[:30]),
    )


def _known(model: Model, table: "DataFrame") -> str:
    """The only column most of whose names are persons that the model knows; empty where there is none."""
    fitting = []
    for name in table.columns:
        persons = recommending.each_once(model.tastes, table[name].tolist())
        known = (recommending.codes_of(model.tastes, persons) > 0).sum()
        if persons and known >= KNOWN * len(persons):
            fitting.append(str(name))
    return fitting[0] if len(fitting) == 1 else ""


def _noticed(
    model: Model, names: Sequence[str], persons: Sequence[str], told: Sequence[str]
) -> list[Sentence]:
    """Rows without a person, rows that name one again, and persons of whom nothing is known."""
    empty = sum(not str(one if one is not None else "").strip() for one in names)
    again = len(names) - empty - len(persons)
    codes = recommending.codes_of(model.tastes, persons)
    new = [one for one, code in zip(persons, codes, strict=True) if not code]
    found = []
    if empty:
        found.append(mark("{count} row names nobody and is left out.", plural="{count:,} rows name nobody and are left out.", count=empty))  # fmt: skip
    if again:
        found.append(mark("{count} row names a person again, who is answered once.", plural="{count:,} rows name a person again, who is answered once.", count=again))  # fmt: skip
    if new and told:
        found.append(mark(
            "{count:,} person is new and is served by what the file tells of them: {columns} ({names}).",
            plural="{count:,} persons are new and are served by what the file tells of them: {columns}; such as {names}.",
            count=len(new), columns=list(told)[:10], names=[one[:40] for one in new[:TOLD]],
        ))  # fmt: skip
    elif new:
        found.append(mark(
            "{count:,} person is new: nothing is known of what they had, so they get what suits most ({names}).",
            plural="{count:,} persons are new: nothing is known of what they had, so they get what suits most, such as {names}.",
            count=len(new), names=[one[:40] for one in new[:TOLD]],
        ))  # fmt: skip
    return found


def _none_left(model: Model, found: "DataFrame", persons: Sequence[str]) -> list[Sentence]:
    """How many persons get nothing, because they had everything."""
    count = len(persons) - found[recommending.answer_names(model.recipes)[0]].nunique()
    if not count:
        return []
    return [
        mark(
            "{count:,} person had all items and gets none; --seen keep shows them again.",
            plural="{count:,} persons had all items and get none; --seen keep shows them again.", count=count,
        ),
    ]  # fmt: skip
