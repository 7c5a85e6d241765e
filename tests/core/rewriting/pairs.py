"""Small pairs of texts whose rule can be learned in seconds."""

import numpy as np
from pandas import DataFrame

LETTERS = "abcdefghij"


def backwards(count: int = 2_000, seed: int = 1, longest: int = 6) -> DataFrame:
    """Some letters with spaces between, and the same letters backwards; some texts hold a placeholder."""
    dice = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        letters = [LETTERS[place] for place in dice.integers(0, len(LETTERS), dice.integers(2, longest + 1))]
        if number % 5 == 0:
            letters.insert(int(dice.integers(0, len(letters) + 1)), f"{{name_{number}}}")
        rows.append((" ".join(letters), " ".join(letters[::-1])))
    return DataFrame(rows, columns=["text", "backwards"])
