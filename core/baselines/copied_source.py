"""The text itself, unchanged: what names, codes and numbers alone are worth."""

from core.baselines._rewriting import RewritingQuestion
from core.words import mark

LABEL = mark("The text as it is")
HELP = mark("It copies the text without changing anything.")
FOR = "rewriting"


def answer(question: RewritingQuestion) -> list[str]:
    """The texts that were asked about."""
    return list(question.asked)
