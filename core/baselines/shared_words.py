"""The answer that shares most words with the question, rare ones counting more; of scripts without spaces, the characters.

Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", Information Processing & Management
24 (1988).
"""

import re

from core.baselines._replies import Points, RepliesQuestion
from core.words import mark

FOR = "replies"
LABEL = mark("Shared words (TF-IDF)")
HELP = mark("The answer that shares most words with the question, as a search by words would find it.")
LONGEST = 10_000  # characters of a text that are looked at
_WORDS = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


def answer(question: RepliesQuestion) -> Points:
    """How often each word stands in all texts, weighted."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    made = TfidfVectorizer(analyzer=words, sublinear_tf=True)
    try:
        made.fit([*question.answers, *question.known])
    except ValueError:  # there is no word in any of them
        made.fit([*question.answers, *question.known, "word"])
    return Points(*(made.transform(texts) for texts in (question.asked, question.answers, question.known)))


def words(text: str) -> list[str]:
    """The words of a text in small letters; of scripts without spaces, characters and pairs of them.

    Example:
        >>> words("Hello 你好吗")
        ['hello', '你', '好', '吗', '你好', '好吗']
    """
    found: list[str] = []
    for run in _WORDS.findall(text[:LONGEST].lower()):
        if run[0] < "\u3040":
            found.append(run)
        else:
            found += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
    return found
