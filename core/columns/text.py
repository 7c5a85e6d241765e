"""Free text: sentences that people wrote."""

from collections.abc import Iterable, Sequence
from typing import Any

from core.columns._evidence import ColumnText, Guess
from core.errors import DataError
from core.words import mark

LABEL = mark("Text")
HELP = mark("Sentences that people wrote, such as a review or a remark.")
ICON = ":material/notes:"
INPUT = ""
NOT_USED = mark("Free text cannot be used as an input yet.")


def guess(column: ColumnText) -> Guess | None:
    """Long texts that hardly repeat."""
    if not column.distinct or column.numbers.good or column.dates:
        return None
    long = column.length >= 40 or (column.words >= 5 and column.length >= 25) or _wide(column) >= 6
    if not long or column.uniqueness < 0.3 or column.distinct < 3:
        return None
    reason = mark(
        "{distinct:,} different texts of {length:,} characters on average.",
        distinct=column.distinct, length=round(column.length),
    )  # fmt: skip
    # A path or an address is long and unique as well, but has no words.
    return Guess(0.88 if column.words >= 3 or _wide(column) >= 6 else 0.55, reason)


def _wide(column: ColumnText) -> float:
    """Characters of scripts that are written without spaces, such as Chinese, in an average value."""
    some = column.values[:500]
    return sum(1 for value in some for c in value if c >= "\u3040") / len(some)


def reading(texts: Iterable[str]) -> dict[str, Any]:
    return {"as": "text"}


def fit(texts: Sequence[str], parse: dict[str, Any], column: str, target: Any = None) -> dict[str, Any]:
    """Raises DataError: text is not used as an input yet."""
    raise DataError(
        mark("Column “{column}” holds free text, which cannot be used as an input yet.", column=column),
        mark("Take it out, or make it a category if its values repeat."),
    )
