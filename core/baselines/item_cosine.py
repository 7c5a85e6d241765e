"""Others also had: items that the same persons had as often as those that somebody had.

Source: Sarwar et al., "Item-Based Collaborative Filtering Recommendation Algorithms", WWW 2001, sections 3.1.1 and 3.2.1.
"""

from core import recommending
from core.baselines._tastes import Scores, TastesQuestion
from core.tastes.nearest import by_cause
from core.tastes.pairs import Pairs
from core.words import mark

FOR = "tastes"
LABEL = mark("Others also had (item cosine)")
HELP = mark("Items that the same persons had as often: what most shops call “others also bought”.")
NEAREST = 100


def answer(question: TastesQuestion) -> Scores:
    """The cosines to what somebody had, added up, of the items nearest to each."""
    pairs = Pairs.of(question.person, question.item, question.codes)
    model = by_cause(*pairs.neighbours(min(NEAREST, question.codes - 1)))
    return lambda some: recommending.said(model, question.pasts[some], question.codes)
