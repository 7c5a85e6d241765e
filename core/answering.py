"""`python -m core.answering`: a helper that keeps models open and answers rows for the pages.

A question is `{"folder": of the run, "columns": {column: [text, …]}}`; the answer is that of `core.answer`, as plain lists.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from core import asked
from core.answer import Model

MODELS_OPEN = 4


@lru_cache(maxsize=MODELS_OPEN)
def _open(folder: str) -> Model:
    """Kept open, because opening takes longer than answering."""
    return Model.open(Path(folder))


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Answers to some rows of text. Raises RunError where the run has no model."""
    said = _open(question["folder"]).answer(question["columns"])
    return {name: value if isinstance(value, list) else value.tolist() for name, value in said.items()}


if __name__ == "__main__":
    asked.serve(answer)
