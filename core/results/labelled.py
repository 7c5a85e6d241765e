"""A list of rows to label that comes back filled in: its answers find their rows in the table again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import DataError
from core.words import Sentence, mark

if TYPE_CHECKING:
    import pandas as pd

ROW = "row"  # the list's column of row numbers, from 1
MOST_NAMED = 5


@dataclass(frozen=True)
class Brought:
    """The table with the answers.

    Args:
        table: A copy; rows that were not in it stand at its end.
        filled: Rows of the table that had no answer and now have one.
        changed: Rows of the table that now have another answer.
        added: Rows that are new.
        empty: Rows of the list without an answer, which were left out.
    """

    table: "pd.DataFrame"
    filled: int
    changed: int
    added: int
    empty: int


def brought(table: "pd.DataFrame", given: "pd.DataFrame", target: str) -> Brought:
    """The table with the answers of a list as `core label` writes it, or of any table with the same columns.

    A row is known again by its number and by a cell that is still the same; spreadsheets may have rewritten others.

    Raises:
        DataError: If the list has no column of answers, or none is filled in.
    """
    if target not in given.columns:
        raise DataError(
            mark("The list has no column “{target}”.", target=target[:80]),
            mark("Bring it as it was downloaded, with that column filled in."),
        )
    answers = given[target].str.strip()
    if not (answers != "").any():
        raise DataError(
            mark("No row of the list has an answer in “{target}”.", target=target[:80]),
            mark("Fill in that column for some rows, save the list, and bring it again."),
        )
    made, filled, changed, new = table.copy(), 0, 0, []
    names = [name for name in table.columns if name in given.columns and name != target]
    places = _places(given, table)
    column = made.columns.get_loc(target)
    for number in np.flatnonzero(answers != ""):
        place, answer = places[number], answers.iloc[number]
        if place is not None and _same(table.iloc[place], given.iloc[number], names):
            before = made.iat[place, column].strip()
            made.iat[place, column] = answer
            filled, changed = filled + (not before), changed + bool(before and before != answer)
        else:
            new.append(number)
    if new:
        from pandas import concat  # noqa: PLC0415 - gate to a heavy library

        more = given.iloc[new].reindex(columns=table.columns, fill_value="")
        made = concat([made, more.assign(**{target: answers.iloc[new]})], ignore_index=True)
    return Brought(made, filled, changed, len(new), int((answers == "").sum()))


def _places(given: "pd.DataFrame", table: "pd.DataFrame") -> Sequence[int | None]:
    """Where each row of the list says that it stands in the table, from 0."""
    name = next((name for name in given.columns if name.rstrip("_") == ROW and name not in table.columns), "")
    if not name:
        return [None] * len(given)
    texts = given[name].str.strip()
    return [int(text) - 1 if text.isdecimal() and 0 < int(text) <= len(table) else None for text in texts]


def _same(one: "pd.Series", other: "pd.Series", names: Sequence[str]) -> bool:
    """Whether a filled cell of both rows is the same."""
    return any(one[name].strip() and one[name].strip() == other[name].strip() for name in names)


def told(found: Brought, known: Sequence[str], target: str) -> Sentence:
    """What came of it.

    Args:
        known: The answers that the model knew so far; empty where answers are numbers.
    """
    new = sorted({text.strip() for text in found.table[target]} - {"", *known}) if known else []
    parts = {"filled": found.filled, "changed": found.changed, "added": found.added, "empty": found.empty}
    if new:
        return mark(
            "Answers filled in: {filled:,}; changed: {changed:,}; rows added: {added:,}; rows of the list without an answer: "
            "{empty:,}. Answers that the model did not know: {names}.",
            names=", ".join(f"“{name[:40]}”" for name in new[:MOST_NAMED]), **parts,
        )  # fmt: skip
    return mark(
        "Answers filled in: {filled:,}; changed: {changed:,}; rows added: {added:,}; rows of the list without an answer: {empty:,}.",
        **parts,
    )
