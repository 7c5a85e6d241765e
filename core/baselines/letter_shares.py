"""Guessing by nothing but how often each character stands in the texts."""

import numpy as np

from core.baselines._writing import WritingQuestion
from core.words import mark
from core.writing.kneser_ney import KneserNey

LABEL = mark("Guessing by frequency")
HELP = mark("Knows only how often each character stands in the texts. Below this nothing was learned.")
FOR = "writing"


def answer(question: WritingQuestion) -> np.ndarray:
    """The bits that each character takes, [places]."""
    return -np.log2(KneserNey(question.known, question.codes, 1).chances(question.asked))
