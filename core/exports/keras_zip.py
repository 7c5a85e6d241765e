"""The network as Keras keeps it, with all that it needs to answer outside."""

from pathlib import Path

from core.exports import _zip
from core.runs import Run
from core.words import mark

LABEL = mark("Keras")
HELP = mark("For people who go on in Keras or TensorFlow: the model, its recipes and a short script.")


def write(run: Run, out: Path) -> Path:
    """The zip, written into the folder `out`. Raises ExportError as long as there is no model."""
    return _zip.write(run, out, "keras", "model.keras", ("keras", "tensorflow"))
