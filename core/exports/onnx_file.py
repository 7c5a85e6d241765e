"""The network alone, as one ONNX file that says by itself what goes in and what its answers mean."""

import json
import os
import zipfile
from pathlib import Path

from core.errors import ExportError
from core.exports import _zip, python_zip
from core.recipes import answer_names
from core.runs import Run, made_with
from core.words import mark, say

LABEL = mark("ONNX, the network alone")
HELP = mark(
    "For programs in any language that run ONNX: one file that reads prepared numbers and carries along how they are prepared."
)
OWN_FORMS = ("rewrite", "items", "reply")  # of answers that take more than one network's outputs
ABOUT = "modelyard.about"
RECIPES, ANSWERS, VERSIONS = "modelyard.recipes", "modelyard.answers", "modelyard.versions"


def write(run: Run, out: Path) -> Path:
    """The file, written into the folder `out`, with recipes, answers and versions among its metadata.

    Raises:
        ExportError: As long as there is no model, and where one file cannot hold all that an answer takes.
    """
    _zip.check(run)
    made, against = run.recipes() or {}, objection(run)
    if against:
        raise against
    import onnx

    model = onnx.load(run.folder / "model.onnx")
    told = {
        ABOUT: _about(run), RECIPES: (run.folder / "recipes.json").read_text(encoding="utf-8"),
        ANSWERS: json.dumps(answer_names(made), ensure_ascii=False), VERSIONS: json.dumps(_versions(run)),
    }  # fmt: skip
    onnx.helper.set_model_props(model, told)
    model.doc_string = told[ABOUT]
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{_zip.name_of(run)}.onnx"
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        onnx.save(model, temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def objection(run: Run) -> ExportError | None:
    """Why this way is none for the run, None where it is one."""
    made = run.recipes() or {}
    own = made["target"].get("as") in OWN_FORMS or made["task"] == "next_token" or "series" in made
    if not own and not _weights(run).exists():
        return None
    return ExportError(
        mark("One ONNX file cannot hold all that this model needs for an answer."),
        mark("Take the zip for Python; it holds the same network and everything beside it."),
    )


def unpack(run: Run, path: Path, folder: Path) -> None:
    """What proves the file: the Python bundle's code around the file itself, with the recipes that it carries."""
    import onnx

    packed = python_zip.write(run, folder / "bundle")
    with zipfile.ZipFile(packed) as file:
        file.extractall(folder)
    told = {one.key: one.value for one in onnx.load(path, load_external_data=False).metadata_props}
    (folder / "model.onnx").write_bytes(path.read_bytes())
    (folder / "recipes.json").write_text(told[RECIPES], encoding="utf-8")


def _weights(run: Run) -> Path:
    return run.folder / "model.onnx.data"


def _versions(run: Run) -> dict[str, str]:
    return made_with.read(run.folder).get("versions", {})


def _about(run: Run) -> str:
    spec, made = run.spec(), run.recipes() or {}
    inputs = ", ".join(
        f"{name} {[None, *given['shape']]} {given['dtype']}" for name, given in made["inputs"].items()
    )
    return "\n".join([
        say("A model that predicts “{target}”, made with Modelyard.", target=spec.goal.target),
        say("It reads {inputs}; the first size is how many rows.", inputs=inputs),
        say("How a row of the table becomes these numbers stands in the metadata under {name}, step by step.", name=RECIPES),
        say("Its output is “output”, one row for each row; {name} names the columns of an answer that is made of it.", name=ANSWERS),
    ])  # fmt: skip
