"""Which items the same persons had: all pairs of items, or where these are many, of each item those nearest to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.tastes import linear, nearest
from core.tastes.linear import MOST_ITEMS, NEAR, Model, Tell, untold
from core.tastes.nearest import Near


@dataclass(frozen=True)
class Pairs:
    """Counted pairs.

    Args:
        every: As `linear.together` gives them; None where items are many.
        near: As `nearest.near` gives them; None where all pairs are counted.
    """

    every: np.ndarray | None = None
    near: Near | None = None

    @classmethod
    def of(cls, person: np.ndarray, item: np.ndarray, codes: int) -> "Pairs":
        """The pairs of some events.

        Args:
            person: Codes of persons, rising, [events].
            item: Codes of items, each once a person, the latest last.
            codes: How many codes of items there are, 0 included.
        """
        if codes <= MOST_ITEMS:
            return cls(every=linear.together(person, item, codes))
        return cls(near=nearest.near(person, item, codes))

    def models(self, strengths: Sequence[float], tell: Tell = untold) -> Iterator[Model]:
        """For each strength the linear model, as `core.recommending` reads it."""
        if self.near is not None:
            return nearest.models(self.near, strengths, tell)
        return linear.models(self.every, strengths, tell)

    def neighbours(self, most: int = NEAR) -> tuple[np.ndarray, np.ndarray]:
        """The most alike items of each, int32, and their cosines, float32: [codes, most], the most alike first."""
        if self.near is not None:
            return self.near.codes[:, :most], self.near.cosines[:, :most]
        return linear.neighbours(linear.cosines(self.every), most)
