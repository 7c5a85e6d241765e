"""What a baseline for writing on is asked."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class WritingQuestion:
    """The same question that the network was asked.

    Args:
        known: The stretch of the stream that it may count, whole numbers below `codes`.
        asked: The stretch that is foretold, one code after the other.
        codes: How many different codes there are.
    """

    known: np.ndarray
    asked: np.ndarray
    codes: int
