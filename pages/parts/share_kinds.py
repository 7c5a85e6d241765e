"""What a page that is shared asks and answers, by what its model does."""

from types import ModuleType

from core.runs import Run
from core.words import Sentence, mark
from pages.parts import share_row

ROWS = ("classes", "number", "labels")


def asks_row(run: Run) -> bool:
    """Whether the model answers one row of a table."""
    made = run.recipes() or {}
    return made.get("target", {}).get("as") in ROWS and "series" not in made


def of(run: Run) -> ModuleType | None:
    """The module that draws the form and answers it; None for models that cannot be shared yet.

    It has

        offered(run) -> [row, …]                rows of the table that may be shown as examples
        seen() -> str                           what whoever opens the page gets to see
        form(run, share) -> Markup              the controls
        examples(run, share) -> [row, …]        what its example buttons fill in
        answer(run, given, ask) -> [part, …]    what the browser draws, from what the form sent
    """
    kinds = {recipe["kind"] for recipe in (run.recipes() or {}).get("columns", ())}
    return share_row if asks_row(run) and "image" not in kinds else None


def objection(run: Run) -> Sentence | None:
    """Why the model cannot be shared, or None."""
    if of(run) is not None:
        return None
    return mark(
        "Models of this kind cannot be shared as a page yet. Take the model away as a file below, or let other people open the app."
    )
