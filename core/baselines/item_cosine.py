"""Others also had: items that the same persons had as often as those that somebody had.

Source: Sarwar et al., "Item-Based Collaborative Filtering Recommendation Algorithms", WWW 2001, sections 3.1.1 and 3.2.1.
"""

import numpy as np

from core import recommending
from core.baselines._tastes import TastesQuestion
from core.tastes import linear
from core.words import mark

FOR = "tastes"
LABEL = mark("Others also had (item cosine)")
HELP = mark("Items that the same persons had as often: what most shops call “others also bought”.")
NEAREST = 100


def answer(question: TastesQuestion) -> np.ndarray | None:
    """The cosines to what somebody had, added up; None where there are too many items to compare all."""
    if question.codes > linear.MOST_ITEMS:
        return None
    pairs = linear.together(question.person, question.item, question.codes)
    near = linear.only_nearest(linear.cosines(pairs), NEAREST).astype(np.float32)
    return recommending.counts(question.pasts, question.codes) @ near
