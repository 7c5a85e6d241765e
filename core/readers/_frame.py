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
