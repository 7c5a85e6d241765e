"""What a model cannot make out in rows that it is to answer: it answers all the same, but the user should know."""

from typing import TYPE_CHECKING, Any

import numpy as np

from core import recipes
from core.columns import SHELF as COLUMNS
from core.columns._numbers import NOT_KNOWN
from core.split import distinct
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_UNSEEN = 0.5  # some values are always new; that most are is a sign of another spelling


def look(made: dict[str, Any], table: "DataFrame") -> list[Sentence]:
    """A sentence for each column with values that count as missing or, for the most part, as never seen.

    Args:
        made: The whole of `recipes.json`.
        table: Text, with the columns that the recipes read.
    """
    found = (_look_at(recipe, table[recipe["column"]].to_numpy()) for recipe in made["columns"])
    return [sentence for sentence in found if sentence]


def _look_at(recipe: dict[str, Any], texts: np.ndarray) -> Sentence | None:
    if recipe["kind"] in ("image", "text", "rewriting"):  # of a text, hardly anything is never new
        return None
    codes, values = distinct(texts)
    rows = np.bincount(codes, minlength=len(values))
    values = [value.strip() for value in values]
    filled = np.array([value.lower() not in NOT_KNOWN and bool(value) for value in values], bool)
    read = recipes.read_values(values, recipe["parse"])
    if recipe["parse"]["as"] == "text":
        known = set(recipe["features"][0]["values"])
        strange = filled & np.array([value not in known for value in read], bool)
        told = _unseen if rows[strange].sum() > MOST_UNSEEN * rows[filled].sum() else None
    else:
        strange = filled & np.isnan(read)
        told = _unreadable if strange.any() else None
    if told is None:
        return None
    example = values[int(np.argmax(np.where(strange, rows, 0)))][:40]
    return told(recipe, int(rows[strange].sum()), int(rows[filled].sum()), example)


def _unseen(recipe: dict[str, Any], count: int, total: int, example: str) -> Sentence:
    return mark(
        "Column “{column}”: {count:,} of {total:,} values were never seen in training, such as “{example}”.",
        column=recipe["column"], count=count, total=total, example=example,
    )  # fmt: skip


def _unreadable(recipe: dict[str, Any], count: int, total: int, example: str) -> Sentence:
    return mark(
        "Column “{column}”: {count:,} of {total:,} values count as missing, since they do not read as “{kind}” the "
        "way they did in training, such as “{example}”.",
        column=recipe["column"], count=count, total=total, example=example, kind=COLUMNS[recipe["kind"]].LABEL,
    )  # fmt: skip
