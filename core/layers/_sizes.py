"""How the sizes of layers follow from the number of training rows. All numbers that are tuned for it stand here."""

from collections.abc import Mapping
from typing import Any

# Up to so many training rows: this value. The last one holds for all larger sets.
UNITS = ((300, 64), (1_000, 128), (None, 256))
DROPOUT = ((300, 0.2), (3_000, 0.25), (10_000, 0.2), (None, 0.1))
FILTERS = ((1_000, 16), (None, 32))

# While nothing is known about the rows.
ANY_UNITS, ANY_DROPOUT, ANY_FILTERS = 64, 0.1, 32


def by_rows(table: tuple[tuple[int | None, Any], ...], rows: int) -> Any:
    """The value for so many rows.

    Example:
        >>> by_rows(UNITS, 4_900)
        256
    """
    return next(value for most, value in table if most is None or rows <= most)


def by_facts(table: tuple[tuple[int | None, Any], ...], facts: Mapping[str, Any], otherwise: Any) -> Any:
    """The value for as many training rows as there are, or another one while that is not known."""
    rows = facts.get("rows", {}).get("train")
    return otherwise if rows is None else by_rows(table, rows)


def fill_in(fields: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The settings with that one filled in, unless somebody has set it."""
    return {**fields, name: value} if fields[name] is None else dict(fields)
