"""Counting what came after the last five characters, smoothed by Kneser and Ney's way."""

import numpy as np

from core.baselines._writing import WritingQuestion
from core.words import mark
from core.writing.kneser_ney import KneserNey

LABEL = mark("Counting six characters (Kneser-Ney)")
HELP = mark(
    "For each character it counts what followed the same five before; shorter runs help where those are rare."
)
FOR = "writing"


def answer(question: WritingQuestion) -> np.ndarray:
    """The bits that each character takes, [places]."""
    return -np.log2(KneserNey(question.known, question.codes).chances(question.asked))
