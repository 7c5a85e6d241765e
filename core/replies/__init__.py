"""Pairs of questions and answers become what two towers learn from: points of both in one space."""

from core.replies.apart import divided, questions_of
from core.replies.prepared import ANSWERS, answers_of, make

__all__ = ["ANSWERS", "answers_of", "divided", "make", "questions_of"]
