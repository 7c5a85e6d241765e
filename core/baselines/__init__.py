"""A shelf: simple answers that a network has to beat, trained on the same rows."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("baseline"))


def suiting(task: str) -> list[str]:
    """Those that answer such a task: some are asked about rows, those `FOR` series or writing about what comes next, and those
    for replies which answer of a list fits a question, those for tastes which items suit a person,
    those for rewriting what a text becomes."""
    wanted = {
        "forecast": "series",
        "best_answer": "replies",
        "next_token": "writing",
        "recommend": "tastes",
        "rewrite": "rewriting",
    }.get(task, "rows")
    return [name for name in SHELF if getattr(SHELF[name], "FOR", "rows") == wanted]
