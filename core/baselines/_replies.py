"""What a baseline for best answers is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class RepliesQuestion:
    """The same question that the network was asked.

    Args:
        asked: New questions.
        answers: The list to choose from.
        known: The questions that training rows ask.
        meaning: What texts mean to the sentence encoder as it came, [texts, width], each row of length one.
    """

    asked: Sequence[str]
    answers: Sequence[str]
    known: Sequence[str]
    meaning: Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Points:
    """A row of numbers for each text, dense or sparse; how near two texts lie is the product of their rows."""

    asked: Any
    answers: Any
    known: Any
