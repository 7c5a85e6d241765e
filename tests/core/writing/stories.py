"""Small texts with a pattern that can be learned in seconds."""

import numpy as np
from pandas import DataFrame

WORDS = [
    "the",
    "old",
    "house",
    "stood",
    "near",
    "a",
    "river",
    "and",
    "nobody",
    "knew",
    "its",
    "name",
    "but",
    "every",
    "child",
    "had",
    "heard",
    "of",
    "it",
]


def stories(count: int = 120, seed: int = 1) -> DataFrame:
    """Short texts of a few words, in two lines each."""
    dice = np.random.default_rng(seed)
    texts = []
    for _ in range(count):
        begin = int(dice.integers(0, len(WORDS)))
        said = [WORDS[(begin + at) % len(WORDS)] for at in range(14)]
        texts.append(f"{' '.join(said[:7])},\n{' '.join(said[7:])}.".capitalize())
    return DataFrame({"story": texts})
