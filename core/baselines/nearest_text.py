"""What the most similar known text became, as a translation memory would answer.

Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", Information Processing & Management
24 (1988).
"""

import numpy as np

from core import tokens
from core.baselines._rewriting import RewritingQuestion
from core.words import mark

LABEL = mark("Nearest known text")
HELP = mark("It looks up the known text that shares most runs of letters, and takes over what that became.")
FOR = "rewriting"
RUNS = (2, 4)  # letters
AT_ONCE = 200  # texts


def answer(question: RewritingQuestion) -> list[str]:
    """For each text the target of the nearest training row; of equals, the first."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    made = TfidfVectorizer(
        analyzer="char_wb", ngram_range=RUNS, sublinear_tf=True, dtype=np.float32, preprocessor=tokens.clean
    )
    try:
        known = made.fit_transform(question.sources)
    except ValueError:  # there is no letter in any of them
        return [question.targets[0] for _ in question.asked]
    found: list[str] = []
    for at in range(0, len(question.asked), AT_ONCE):
        near = made.transform(question.asked[at : at + AT_ONCE]) @ known.T
        found += [question.targets[place] for place in np.asarray(near.argmax(axis=1)).ravel().tolist()]
    return found
