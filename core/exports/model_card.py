"""What a model is, how good, and where it fails, on a few pages to pass on: as Markdown and as a page without scripts."""

from pathlib import Path

from core.exports import _card_forms, _zip
from core.runs import Run
from core.words import mark

LABEL = mark("Model card")
HELP = mark(
    "What it answers, how good it is and where it fails, as a page to read, print or pass on. It holds no rows of your table."
)
ANSWERS = False  # it is read, not asked; there is nothing to prove


def write(run: Run, out: Path) -> Path:
    """A zip with the card in both forms, written into the folder `out`. Raises ExportError as long as there is no model."""
    _zip.check(run)
    return _zip.pack(out / f"{_zip.name_of(run)}-card.zip", _card_forms.files(run))
