"""The answer whose meaning is most like the question's, by the sentence encoder as it came."""

from core.baselines._replies import Points, RepliesQuestion
from core.words import mark

FOR = "replies"
LABEL = mark("Meaning, without learning")
HELP = mark("The answer whose meaning is most like the question's. If this is as good, nothing was learned.")


def answer(question: RepliesQuestion) -> Points:
    """What all texts mean."""
    return Points(*(question.meaning(texts) for texts in (question.asked, question.answers, question.known)))
