"""The network as Keras keeps it, with all that it needs to answer outside."""

import re
import zipfile
from pathlib import Path

from core.exports import _zip
from core.runs import Run
from core.words import mark

OWN = Path(__file__).parent.parent / "worker" / "own"

LABEL = mark("Keras")
HELP = mark("For people who go on in Keras or TensorFlow: the model, its recipes and a short script.")


def write(run: Run, out: Path) -> Path:
    """The zip, written into the folder `out`. Raises ExportError as long as there is no model."""
    return _zip.write(run, out, "keras", "model.keras", ("keras", "tensorflow"), own_layers)


def own_layers(model: Path) -> dict[str, bytes]:
    """The sources of those layers of our own that a `.keras` file needs, by the names they have in the zip."""
    with zipfile.ZipFile(model) as file:
        config = file.read("config.json").decode("utf-8")
    used = set(re.findall(r'"registered_name": "modelyard>(\w+)"', config))
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(OWN.glob("[!_]*.py"))}
    return {
        f"layer_{path.name}": text.encode()
        for path, text in sources.items()
        if used & set(re.findall(r"^class (\w+)", text, re.MULTILINE))
    }
