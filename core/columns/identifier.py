"""Identifiers: names and numbers that only tell rows apart."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from core.columns._evidence import ColumnText, Guess
from core.errors import DataError
from core.words import mark

LABEL = mark("Identifier")
HELP = mark("A number or a code that only tells rows apart, such as a customer number.")
ICON = ":material/fingerprint:"
INPUT = ""
NOT_USED = mark("An identifier only tells rows apart: a network would learn single rows by heart.")

_NAME = re.compile(
    r"(^|[\W_])(id|ids|uuid|guid|key|index|idx|rownames|row|nr|no|email|e-mail|url|unnamed: ?\d*)$"
    r"|(account|customer|order|phone|serial|ticket|invoice|employee)[\W_]?"
    r"(number|no|num|nr|id)\.?$|phone|mobile|telephone|手机|电话|编号|序号|^id[\W_]|身份证|学号|工号|单号",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(Id|ID|Key|Nr|No|Number)$")
_UUID = re.compile(
    r"[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}|[0-9a-f]{16,64}|[^@\s]+@[^@\s]+\.\w+|https?://\S+"
)
_LEAST_ROWS = 15


def guess(column: ColumnText) -> Guess | None:
    """Values that hardly ever come back, where that says more than how much they are."""
    if column.distinct < 3 or column.dates:
        return None
    unique = mark(
        "{distinct:,} different values in {rows:,} rows: it only tells rows apart.",
        distinct=column.distinct, rows=column.filled,
    )  # fmt: skip
    named = name_says_so(column.name)
    if column.numbers.good:
        return _guess_of_numbers(column, named, unique)
    if _mostly(_UUID, column) and column.uniqueness > 0.2:
        return Guess(0.96, unique)
    if named and (column.uniqueness >= 0.9 or (column.distinct > 100 and column.uniqueness > 0.05)):
        return Guess(0.94, unique)
    short = column.words < 5 and column.length < 40
    if short and column.uniqueness >= 0.9 and column.filled >= _LEAST_ROWS:
        return Guess(0.86, unique)
    return None


def name_says_so(name: str) -> bool:
    """Whether a column of this name usually holds identifiers, such as `customer_id` or `Unnamed: 0`."""
    name = name.strip()
    return bool(_NAME.search(name) or _CAMEL.search(name))


def _guess_of_numbers(column: ColumnText, named: bool, unique: Any) -> Guess | None:
    if not column.numbers.whole or column.numbers.unreadable:
        return None
    if named and (column.uniqueness >= 0.95 or (column.distinct > 100 and column.uniqueness > 0.05)):
        return Guess(0.97, unique)
    if _counts_rows(column):
        return Guess(
            0.97,
            mark(
                "It counts the rows from {first} to {last}.", first=column.values[0], last=column.values[-1]
            ),
        )
    return None


def _counts_rows(column: ColumnText) -> bool:
    """Whether each row's number is the last one's plus one, from 0 or 1."""
    numbers = column.numbers.numbers
    unbroken = column.distinct == column.rows >= _LEAST_ROWS
    return unbroken and numbers[0] in (0, 1) and bool((np.diff(numbers) == 1).all())


def _mostly(pattern: re.Pattern[str], column: ColumnText) -> bool:
    some = column.values[:300]
    return sum(bool(pattern.fullmatch(v)) for v in some) >= 0.9 * len(some)


def reading(texts: Iterable[str]) -> dict[str, Any]:
    return {"as": "text"}


def fit(texts: Sequence[str], parse: dict[str, Any], column: str, target: Any = None) -> dict[str, Any]:
    """Raises DataError: an identifier is not used as an input."""
    raise DataError(
        mark("Column “{column}” only tells rows apart, so nothing can be learned from it.", column=column),
        mark("Take it out, or make it a category if the same value comes back in new rows."),
    )
