"""What a page that is shared asks and answers, by what its model does."""

from types import ModuleType

from core.runs import Run
from core.suggest import WRITING
from pages.parts import share_items, share_reply, share_rewrite, share_row, share_series, share_writing

# By what the recipes' target says that its answer is.
KINDS = {"reply": share_reply, "rewrite": share_rewrite, "items": share_items}


def of(run: Run) -> ModuleType:
    """The module that draws the form and answers it.

    It has

        offered(run) -> [row, …]                rows of the table that may be shown as examples
        seen() -> str                           what whoever opens the page gets to see
        form(run, share) -> Markup              the controls
        examples(run, share) -> [row, …]        what its example buttons fill in
        answer(run, given, ask) -> [part, …]    what the browser draws, from what the form sent
    """
    made = run.recipes() or {}
    if "series" in made:
        return share_series
    return share_writing if made["task"] == WRITING else KINDS.get(made["target"]["as"], share_row)
