"""Columns of text become the table that every reader returns."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from pandas import DataFrame


def frame(names: Sequence[str], columns: Sequence[Any]) -> DataFrame:
    """A table of text. `columns` are lists of str or Arrow text, one for each name."""
    # A table is built by position: names are unique, but nothing here should depend on it.
    arrays = [c if isinstance(c, (pa.ChunkedArray, pa.Array)) else pa.array(c, pa.string()) for c in columns]
    return pa.table(arrays, names=list(names)).to_pandas()


def names_made_unique(names: Sequence[str]) -> list[str]:
    """Names without line breaks and outer spaces; an empty one becomes `column_3`, a second `a` becomes `a_2`.

    Example:
        >>> names_made_unique(["a", "", "a"])
        ['a', 'column_2', 'a_2']
    """
    cleaned = [" ".join(name.replace("\ufeff", "").split())[:200] for name in names]
    given, made = {name for name in cleaned if name}, []
    seen: set[str] = set()
    for place, name in enumerate(cleaned, start=1):
        wanted = name or f"column_{place}"
        unique, again = wanted, 2
        while unique in seen or (unique != name and unique in given):
            unique, again = f"{wanted}_{again}", again + 1
        seen.add(unique)
        made.append(unique)
    return made
