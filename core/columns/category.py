"""Categories: one of a set of names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from core.columns._evidence import ColumnText, Guess
from core.columns.number import looks_like_codes
from core.recipes import read_values
from core.words import mark

LABEL = mark("Category")
HELP = mark("One of a set of names, such as a colour, a city or yes and no.")
ICON = ":material/category:"
INPUT = "categories"

MOST_VALUES = 5_000
LEAST_ROWS = 2


def guess(column: ColumnText) -> Guess | None:
    """Values that come back again and again."""
    if not column.distinct:
        return Guess(0.1, mark("All cells are empty."))
    if column.distinct == 1:
        return Guess(
            0.5, mark("All {count:,} values are “{value}”.", count=column.filled, value=column.values[0][:40])
        )
    if column.distinct == 2:
        first, second = (value[:40] for value in column.values)
        return Guess(
            0.93, mark("There are two values: “{first}” and “{second}”.", first=first, second=second)
        )
    reason = mark(
        "{distinct:,} different values in {rows:,} rows, most often “{example}”.",
        distinct=column.distinct, rows=column.filled, example=column.common(1)[0][0][:40],
    )  # fmt: skip
    if column.numbers.good:
        return Guess(0.92 if looks_like_codes(column) else 0.3, reason)
    return Guess(0.85 if column.uniqueness <= 0.5 else 0.6, reason)


def reading(texts: Iterable[str]) -> dict[str, Any]:
    """Categories are taken as they are written."""
    return {"as": "text"}


def fit(texts: Sequence[str], parse: dict[str, Any], column: str, target: Any = None) -> dict[str, Any]:
    """The recipe of a category column: its values, the most frequent first.

    Rare values are left to the place for "never seen", so that this place is trained as well. A missing value is
    a value of its own as soon as it occurs.
    """
    found = Counter(read_values(texts, parse))
    often = [value for value, rows in found.items() if rows >= LEAST_ROWS or value == ""]
    values = sorted(often, key=lambda value: (-found[value], value))[:MOST_VALUES]
    return {
        "column": column, "kind": "category", "input": INPUT, "parse": dict(parse),
        "features": [{"make": "lookup", "values": values}],
    }  # fmt: skip
