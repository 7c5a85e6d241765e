"""What a baseline for recommending is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

Scores = Callable[
    [slice], np.ndarray
]  # from some of the asked persons to a score for each code, [some, codes]


@dataclass(frozen=True)
class TastesQuestion:
    """The same question that the network was asked.

    Args:
        person: Codes of persons, rising, of all events that are known, [events].
        item: Codes of items, of each person in order, [events].
        time: Days, or None where nothing tells the order.
        pasts: What each asked person had, as codes.
        codes: How many codes of items there are, 0 included.
    """

    person: np.ndarray
    item: np.ndarray
    time: np.ndarray | None
    pasts: Sequence[np.ndarray]
    codes: int

    def same_for_all(self, counts: np.ndarray) -> Scores:
        """These scores of the items for every asked person."""
        scores = counts.astype(np.float32)
        return lambda some: np.broadcast_to(scores, (len(self.pasts[some]), self.codes))
