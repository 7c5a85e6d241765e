"""What a zip of a network that writes holds beside the network: the code that draws, and texts to compare with."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from core import generate, home
from core.runs import Run
from core.words import Sentence, say

OUTSIDE = Path(__file__).parent / "_outside"
GENERATE = Path(__file__).parent.parent / "generate.py"
TASK = "next_token"
Table = Callable[[dict[str, list[Any]]], str]


def writes(run: Run) -> bool:
    """Whether the run's network writes on."""
    return (run.recipes() or {}).get("task") == TASK


def files(
    run: Run,
    network: str,
    model: str,
    requirements: list[str],
    beside: Mapping[str, Any],
    table: Table,
    asked: list[str],
) -> dict[str, bytes | str | Path]:
    """The whole zip, by name.

    Args:
        network: Which program carries the network out: `keras` or `onnx`.
        table: Makes a CSV of columns.
        asked: Lines for the README: how to ask it in other ways.
    """
    step = run.folder / generate.STEP
    if network == "onnx" and step.exists():
        network, model, beside = "step", step.name, _data(step)
    samples = home.read_json(run.folder / "samples.json")
    return {
        **beside,
        "README.md": _readme(run, model, requirements, list(beside), asked),
        "requirements.txt": "\n".join(requirements) + "\n",
        "write.py": (OUTSIDE / "write.py.txt").read_bytes(),
        "predict.py": (OUTSIDE / "predict_text.py.txt").read_bytes(),
        "network.py": (OUTSIDE / f"network_{network}.py.txt").read_bytes(),
        "generate.py": GENERATE.read_bytes(),
        "recipes.json": (run.folder / "recipes.json").read_bytes(),
        model: run.folder / model,
        "graph.json": json.dumps(run.spec().graph.to_json(), ensure_ascii=False, indent=1),
        "sample_rows.csv": table(samples["columns"]),
        "expected.csv": table({"prediction": samples["answers"]["prediction"]}),
    }


def _data(step: Path) -> dict[str, Path]:
    """The second file of a network that is too large for one."""
    data = step.with_name(f"{step.name}.data")
    return {data.name: data} if data.is_file() else {}


def _readme(run: Run, model: str, requirements: list[str], beside: list[str], asked: list[str]) -> str:
    results, spec = run.results() or {}, run.spec()
    verdict = [f"- {Sentence.from_json(sentence)}" for sentence in results.get("sentences", ())]
    return "\n".join([
        f"# {spec.name or spec.goal.target}", "",
        say("A model that writes on in the style of the texts it learned from, made with Modelyard."), "",
        *verdict, "",
        "## " + say("Use it"), "",
        "    pip install -r requirements.txt",
        '    python write.py "…" --length 400 --temperature 0.7 --seed 1', "",
        say("The same beginning, settings and seed always write the same text. To write on from each row of a table:"), "",
        "    python predict.py sample_rows.csv answers.csv", "",
        say("“answers.csv” then says the same as “expected.csv”."), "",
        *asked,
        "## " + say("What is in here"), "",
        "- write.py, generate.py: " + say("how a text becomes codes, and how the next character is drawn"),
        "- predict.py: " + say("reads a CSV file of beginnings and writes the texts"),
        f"- {', '.join([model, *beside])}, network.py: " + say("the network, and how it is opened"),
        "- recipes.json: " + say("the characters that it knows, and how far it looks back"),
        "- sample_rows.csv, expected.csv: " + say("beginnings and settings to try, and what must come out"),
        "- MODEL_CARD.md, model_card.html: " + say("what the model is, how good, and where it fails"),
        "- graph.json: " + say("the drawing of the network; Modelyard can open it again"),
        "- requirements.txt: " + ", ".join(requirements), "",
    ])  # fmt: skip
