"""The same for everybody: what most persons had lately."""

import numpy as np

from core.baselines._tastes import Scores, TastesQuestion
from core.words import mark

FOR = "tastes"
LABEL = mark("Bestsellers of late")
HELP = mark(
    "Everybody is shown what most persons had in the last weeks, apart from what they had themselves."
)
WEEKS = 4
SHARE = 0.1  # of the events at least: weeks without any tell nothing


def answer(question: TastesQuestion) -> Scores | None:
    """How many persons had each item lately, and among equal ones ever; None where nothing tells the time."""
    if question.time is None:
        return None
    since = min(question.time.max() - 7 * WEEKS, np.quantile(question.time, 1 - SHARE))
    lately = np.bincount(question.item[question.time >= since], minlength=question.codes)
    ever = np.bincount(question.item, minlength=question.codes)
    return question.same_for_all(lately + ever / (ever.sum() + 1))
