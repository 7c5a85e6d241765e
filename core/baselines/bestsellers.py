"""The same for everybody: what most persons had, without what somebody had already."""

import numpy as np

from core.baselines._tastes import Scores, TastesQuestion
from core.words import mark

FOR = "tastes"
LABEL = mark("Bestsellers")
HELP = mark("Everybody is shown what most persons had, apart from what they had themselves.")


def answer(question: TastesQuestion) -> Scores:
    """How many persons had each item."""
    return question.same_for_all(np.bincount(question.item, minlength=question.codes))
