"""How somebody would rate something: the average, how kind the person is, and how well the item is liked, solved together.

Source: Koren, Bell and Volinsky, "Matrix Factorization Techniques for Recommender Systems", IEEE Computer 42 (2009), section
on biases; Koren, "Factor in the Neighbors", ACM TKDD 4 (2010), equation 1 (the pull towards zero).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

PULLS = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)  # events of the average kind that are added to each
ROUNDS = 30


@dataclass(frozen=True)
class Biases:
    """A rating is foretold as `average` + `persons`[code] + `items`[code].

    Args:
        average: Of all known ratings.
        persons: float64 [persons + 1]; 0 for somebody new.
        items: float64 [items + 1]; 0 for something new.
        pull: How strongly both were pulled towards zero.
    """

    average: float
    persons: np.ndarray
    items: np.ndarray
    pull: float

    def said(self, person: np.ndarray, item: np.ndarray) -> np.ndarray:
        """The ratings foretold for pairs of codes."""
        return self.average + self.persons[person] + self.items[item]


def solved(
    person: np.ndarray, item: np.ndarray, rating: np.ndarray, sizes: Sequence[int], pull: float
) -> Biases:
    """The biases with the least squares, found by turns for items and for persons.

    They make Σ (rating − average − person − item)² + pull · (Σ person² + Σ item²) smallest.

    Args:
        sizes: How many codes of persons and of items there are, 0 included.

    Example:
        >>> found = solved(np.array([1, 1, 2, 2]), np.array([1, 2, 1, 2]), np.array([1.0, 3.0, 2.0, 4.0]), (3, 3), 0.0)
        >>> found.average, found.persons.tolist(), found.items.tolist()
        (2.5, [0.0, -0.5, 0.5], [0.0, -1.0, 1.0])
    """
    average = float(rating.mean())
    persons, items = (np.zeros(size) for size in sizes)
    left = rating - average
    for _ in range(ROUNDS):
        items = _shrunk(item, left - persons[person], sizes[1], pull)
        persons = _shrunk(person, left - items[item], sizes[0], pull)
    return Biases(average, persons, items, pull)


def _shrunk(codes: np.ndarray, values: np.ndarray, size: int, pull: float) -> np.ndarray:
    counts = np.bincount(codes, minlength=size)
    sums = np.bincount(codes, weights=values, minlength=size)
    return np.where(counts > 0, sums / np.maximum(counts + pull, 1e-12), 0.0)


def chosen(
    person: np.ndarray, item: np.ndarray, rating: np.ndarray, training: np.ndarray, validation: np.ndarray, sizes: Sequence[int]
) -> Biases:  # fmt: skip
    """The biases with the pull that is best for the validation events, then solved with these too.

    Args:
        training: Which events train, bool [events].
        validation: Which ones choose the pull.
    """

    def off(pull: float) -> float:
        found = solved(person[training], item[training], rating[training], sizes, pull)
        return float(np.square(found.said(person[validation], item[validation]) - rating[validation]).mean())

    pull = min(PULLS, key=off) if validation.any() else PULLS[3]
    both = training | validation
    return solved(person[both], item[both], rating[both], sizes, pull)
