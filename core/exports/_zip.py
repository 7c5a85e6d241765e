"""What every zip of a model holds, whichever program carries the network out."""

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from core import home, ranking, recommending, rewrite, tokens, windows
from core.errors import ExportError
from core.exports import _card_forms, _service, _writing
from core.recipes import answer_table
from core.runs import Run
from core.words import Sentence, mark, say

OUTSIDE = Path(__file__).parent / "_outside"
RECIPES = Path(__file__).parent.parent / "recipes.py"
PIECES, TOKENS = RECIPES.with_name("pieces.py"), RECIPES.with_name("tokens.py")
PIXELS = Path(__file__).parent.parent / "pixels.py"
RANKING = Path(__file__).parent.parent / "ranking.py"
RECOMMENDING = Path(__file__).parent.parent / "recommending.py"
WINDOWS = Path(__file__).parent.parent / "windows.py"
REWRITE, BEAM = Path(__file__).parent.parent / "rewrite.py", Path(__file__).parent.parent / "beam.py"
LONGEST_NAME = 60
SAMPLES = "samples/"  # where `core.worker.samples` puts copies of pictures
Content = bytes | str | Path  # what a file holds, or the large file to copy
More = Callable[[Path], Mapping[str, Content]]


def write(
    run: Run,
    out: Path,
    network: str,
    model: str,
    needs: tuple[str, ...],
    more: More = lambda _: {},
) -> Path:
    """Write the zip whole or not at all.

    Args:
        out: The folder that it is put into.
        network: Which program carries the network out: `keras` or `onnx`.
        model: The run's file that holds the network.
        needs: Packages that are needed to use it.
        more: From the model's file to further files that it needs beside it, by name.

    Raises:
        ExportError: As long as the run has no model.
    """
    check(run)
    return pack(out / f"{name_of(run)}-{network}.zip", _files(run, network, model, needs, more))


def pack(path: Path, files: Mapping[str, Content]) -> Path:
    """A zip of these files, by name, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in files.items():
                if isinstance(content, Path):
                    file.write(content, name)
                else:
                    file.writestr(name, content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def check(run: Run) -> None:
    """Raises ExportError as long as the run has no model."""
    if run.results() is None:
        raise ExportError(
            mark("This run has no model to take away yet."),
            mark("Wait until its training has ended, or choose a run that is done."),
        )


def _files(run: Run, network: str, model: str, needs: tuple[str, ...], more: More) -> dict[str, Content]:
    samples = home.read_json(run.folder / "samples.json")
    looks, made = looks_at_pictures(run), run.recipes() or {}
    further = [*(["pillow"] * looks), *(["tokenizers"] * _reads_tokens(made))]
    requirements = [f"{name}=={_version(name)}" for name in ("numpy", *needs, *further)]
    beside = more(run.folder / model)
    served = _service.files(run, samples) if network == "onnx" else {}
    asked, card = _service.readme(run, samples) if served else [], _card_forms.files(run)
    if _writing.writes(run):
        code = {file.name: file.read_bytes() for file in (RECIPES, PIECES, TOKENS)} if served else {}
        return {
            **_writing.files(run, network, model, requirements, beside, table, asked),
            **served,
            **code,
            **card,
        }
    pictures = {**_code_of_pictures(), **sample_pictures(run, samples["columns"])} if looks else {}
    return {
        **beside,
        **pictures,
        **served,
        **card,
        "README.md": _readme(run, model, requirements, list(beside), asked),
        "requirements.txt": "\n".join(requirements) + "\n",
        "predict.py": (OUTSIDE / "predict.py.txt").read_bytes(),
        "network.py": (OUTSIDE / f"network_{network}.py.txt").read_bytes(),
        "recipes.py": RECIPES.read_bytes(),
        **({"windows.py": WINDOWS.read_bytes()} if "series" in made else {}),
        **_list_of_answers(run),
        **({"rewrite.py": REWRITE.read_bytes(), "beam.py": BEAM.read_bytes()} if _rewrites(made) else {}),
        **_tastes(run),
        "pieces.py": PIECES.read_bytes(),
        "tokens.py": TOKENS.read_bytes(),
        **{f"{name}.tokenizer.json": tokens.known_tokenizer(name) for name in _known_tokenizers(made)},
        "recipes.json": (run.folder / "recipes.json").read_bytes(),
        model: run.folder / model,
        "graph.json": json.dumps(run.spec().graph.to_json(), ensure_ascii=False, indent=1),
        "sample_rows.csv": table(samples["columns"]),
        "expected.csv": table(answers_of(run, samples["answers"])),
    }


def _list_of_answers(run: Run) -> dict[str, Content]:
    """The answers that are chosen from, and the code that ranks them, where the model does so."""
    files = [run.folder / name for name in (ranking.TEXTS, ranking.POINTS)]
    return (
        {"ranking.py": RANKING.read_bytes(), **{file.name: file for file in files}}
        if files[1].exists()
        else {}
    )


def _rewrites(made: Mapping[str, Any]) -> bool:
    return made["target"]["as"] == "rewrite"


def _tastes(run: Run) -> dict[str, Content]:
    """Who had what, and the code that recommends by it, where the model does so."""
    files = [run.folder / name for name in (recommending.NAMES, recommending.TASTES)]
    return (
        {"recommending.py": RECOMMENDING.read_bytes(), **{file.name: file for file in files}}
        if files[1].exists()
        else {}
    )


def _known_tokenizers(made: Mapping[str, Any]) -> set[str]:
    """Those that came with a pretrained network, by its name; the recipe says no more of them."""
    features = (feature for recipe in made["columns"] for feature in recipe["features"])
    return {feature["known"] for feature in features if feature["make"] == "tokens" and "known" in feature}


def _reads_tokens(made: Mapping[str, Any]) -> bool:
    return any(feature["make"] == "tokens" for recipe in made["columns"] for feature in recipe["features"])


def looks_at_pictures(run: Run) -> bool:
    """Whether the model reads pictures."""
    return any(recipe["kind"] == "image" for recipe in (run.recipes() or {})["columns"])


def _code_of_pictures() -> dict[str, bytes]:
    return {"pixels.py": PIXELS.read_bytes(), "pictures.py": (OUTSIDE / "pictures.py.txt").read_bytes()}


def sample_pictures(run: Run, columns: Mapping[str, list[str]]) -> dict[str, bytes]:
    """The pictures that the sample rows name, by the same names."""
    names = {cell for column in columns.values() for cell in column if cell.startswith(SAMPLES)}
    return {name: (run.folder / name).read_bytes() for name in sorted(names) if (run.folder / name).is_file()}


def table(columns: dict[str, list[Any]]) -> str:
    """The columns as a CSV file holds them."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return made.getvalue()


def answers_of(run: Run, answers: dict[str, Any]) -> dict[str, list[Any]]:
    """The sample rows' answers, as a list for each of their columns."""
    made = run.recipes() or {}
    if "series" in made:
        return {name: answers[name] for name in windows.answer_names(made)}
    if made["target"]["as"] == "reply":
        return {name: answers[name] for name in ranking.answer_names(made)}
    if _rewrites(made):
        return {name: answers[name] for name in rewrite.answer_names()}
    if made["target"]["as"] == "items":
        return {name: answers[name] for name in recommending.answer_names(made)}
    return answer_table(made, answers)


def name_of(run: Run) -> str:
    """A file name made of the run's own, without anything that a file system may not like."""
    words = re.sub(r"[^\w]+", "-", run.spec().name).strip("-")[:LONGEST_NAME].strip("-")
    return words or f"model-{run.id}"


def _version(package: str) -> str:
    """The version at work here; the processor's build of TensorFlow counts as TensorFlow."""
    for name in (package, f"{package}-cpu"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    raise ExportError(
        mark("The package “{name}” is not installed here.", name=package),
        mark("Install Modelyard again with “make run”, then export once more."),
    )


def _readme(run: Run, model: str, requirements: list[str], beside: list[str], asked: list[str]) -> str:
    results, spec = run.results() or {}, run.spec()
    verdict = [f"- {Sentence.from_json(sentence)}" for sentence in results.get("sentences", ())]
    return "\n".join([
        f"# {spec.name or spec.goal.target}", "",
        say("A model that predicts “{target}”, made with Modelyard.", target=spec.goal.target), "",
        *verdict, "",
        "## " + say("Use it"), "",
        "    pip install -r requirements.txt",
        "    python predict.py sample_rows.csv answers.csv", "",
        say("“answers.csv” then says the same as “expected.csv”."), "",
        say("Your own file needs these columns; an empty cell and a value never seen before are fine:"), "",
        *(f"- {name}" for name in spec.goal.inputs), "",
        *_readme_of_pictures(run),
        *asked,
        "## " + say("What is in here"), "",
        "- predict.py: " + say("reads a CSV file and writes the answers; or import `predict` from it"),
        f"- {model}, network.py: " + say("the network, and how it is opened"),
        *(f"- {name}: " + _readme_of_beside(name) for name in beside),
        "- recipes.json, recipes.py, pieces.py, tokens.py: " + say("how a row becomes the numbers that the network reads"),
        *(["- pixels.py, pictures.py, samples: " + say("how a picture becomes numbers, and pictures to try")] * looks_at_pictures(run)),
        *(["- answers.json, answers.npz, ranking.py: " + say("the list of answers, where each lies, and how the nearest are found")] * bool(_list_of_answers(run))),
        *(["- rewrite.py, beam.py: " + say("how the likeliest text is searched for, token by token")] * _rewrites(run.recipes() or {})),
        *(["- names.json, tastes.npz, recommending.py: " + say("who had what, what items say about each other, and how the best are found")] * bool(_tastes(run))),
        "- sample_rows.csv, expected.csv: " + say("rows to try, one of them empty, and what must come out"),
        "- MODEL_CARD.md, model_card.html: " + say("what the model is, how good, and where it fails"),
        "- graph.json: " + say("the drawing of the network; Modelyard can open it again"),
        *(["- serve.py, forms.py, inquiry.py, guard.py, example.json: " + say("the web service, what it is asked, what it refuses, and a request to try")] * bool(asked)),
        *(["- requirements-service.txt, Dockerfile: " + say("what the web service needs, and a container for it")] * bool(asked)),
        "- requirements.txt: " + ", ".join(requirements), "",
    ])  # fmt: skip


def _readme_of_beside(name: str) -> str:
    if name.endswith(".data"):
        return say("the weights of a network that is too large for one file")
    if name == rewrite.DECODER:
        return say("the half of the network that writes; the other half reads")
    return say("a layer that Keras itself does not have")


def _readme_of_pictures(run: Run) -> list[str]:
    if not looks_at_pictures(run):
        return []
    return [
        say("Pictures are named by files that lie beside the table. A zip or a folder of pictures can be answered as well:"), "",
        "    python predict.py pictures.zip answers.csv", "",
    ]  # fmt: skip
