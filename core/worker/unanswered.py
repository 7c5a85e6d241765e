"""Rows that have no answer teach nothing about answers, but their texts can be read."""

import numpy as np

from core import datasets, encoding
from core.prepare import MOST_UNANSWERED, Prepared


def unanswered(prepared: Prepared, name: str) -> np.ndarray:
    """What an input reads of the rows whose target is empty, as the network reads it; without a row where there are none.

    Args:
        name: An input that reads one column, such as a view of texts.
    """
    part = prepared.recipes["inputs"][name]
    none = np.zeros((0, *part["shape"]), part["dtype"])
    target = prepared.facts.get("target", "")
    table = datasets.table(prepared.facts["data"], [*dict.fromkeys((target, part["of"]))])
    rows = np.flatnonzero(table[target].str.strip().eq("").to_numpy())[:MOST_UNANSWERED]
    if not len(rows):
        return none
    return encoding.encode(encoding.part(prepared.recipes, [name]), table.iloc[rows])[name]
