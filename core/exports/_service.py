"""What the Python bundle holds so that the model can be asked over HTTP, and a request to try, made of a row's own values."""

import base64
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from core.recipes import read_values
from core.runs import Run
from core.words import say

OUTSIDE = Path(__file__).parent / "_outside"
SERVICE = {
    "serve.py": "serve.py.txt", "forms.py": "forms.py.txt", "guard.py": "guard.py.txt",
    "Dockerfile": "Dockerfile.txt", "requirements-service.txt": "requirements-service.txt",
}  # fmt: skip
WHOLE = {
    "length": int,
    "seed": int,
    "temperature": float,
}  # settings of one that writes, as its samples name them
FEW = 3  # columns that a short call names


def files(run: Run, samples: Mapping[str, Any]) -> dict[str, bytes]:
    """By name, all that `serve.py` needs beside `predict.py`, and `example.json`, a request's body."""
    example = json.dumps(body(run, samples["columns"]), ensure_ascii=False, indent=1) + "\n"
    return {name: (OUTSIDE / source).read_bytes() for name, source in SERVICE.items()} | {
        "example.json": json.dumps(row(run, samples["columns"]), ensure_ascii=False, indent=1).encode(),
        **({"example_rows.json": example.encode()} if _forecasts(run) else {}),
    }


def body(run: Run, columns: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What `/predict` is sent: one row, or of a forecast all sample rows."""
    if not _forecasts(run):
        return row(run, columns)
    return {"rows": [row(run, columns, at) for at in range(len(next(iter(columns.values()))))]}


def row(run: Run, columns: Mapping[str, Sequence[str]], at: int = 0) -> dict[str, Any]:
    """One of the sample rows as JSON carries it: numbers as numbers, pictures in base64, None for what is missing."""
    parses = {
        recipe["column"]: recipe["parse"] for recipe in reversed((run.recipes() or {}).get("columns", ()))
    }
    return {
        name: _value(run, name, texts[at], parses.get(name, {"as": "text"}))
        for name, texts in columns.items()
    }


def _value(run: Run, name: str, text: str, parse: Mapping[str, Any]) -> Any:
    if name in WHOLE and (run.recipes() or {})["task"] == "next_token":
        return WHOLE[name](float(text))
    if parse["as"] == "picture":
        file = run.folder / text
        return base64.b64encode(file.read_bytes()).decode() if text and file.is_file() else None
    if parse["as"] != "number":
        return text.strip() or None
    value = float(read_values([text], parse)[0])
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def _forecasts(run: Run) -> bool:
    return "series" in (run.recipes() or {})


def readme(run: Run, samples: Mapping[str, Any]) -> list[str]:
    """How to ask it from a terminal, from Python and over HTTP, with the model's own columns."""
    asked = "example_rows.json" if _forecasts(run) else "example.json"
    return [
        *_readme_of_python(run, samples),
        "## " + say("As a web service"), "",
        "    pip install -r requirements-service.txt",
        "    python serve.py",
        f'    curl -s http://127.0.0.1:8000/predict -H "Content-Type: application/json" -d @{asked}', "",
        say("It answers this machine alone, at /predict, /predict/batch, /health and /metrics; "
            "http://127.0.0.1:8000/docs lists every field with its usual values. A value that is not known is null. "
            "Fields that are left out or that the model does not have are refused, with what to do."), "",
        say("In a container:"), "",
        "    docker build -t model . && docker run --rm -p 127.0.0.1:8000:8000 model", "",
    ]  # fmt: skip


def _readme_of_python(run: Run, samples: Mapping[str, Any]) -> list[str]:
    made = run.recipes() or {}
    pictures = any(recipe["parse"]["as"] == "picture" for recipe in made.get("columns", ()))
    if _forecasts(run) or pictures or made["task"] == "next_token":
        return []
    shown = dict(list(row(run, samples["columns"]).items())[:FEW])
    return [
        say("One row from the terminal, and from Python; columns that are left out count as not known:"), "",
        "    python predict.py --row example.json", "",
        "    from predict import predict",
        f"    predict([{shown!r}])", "",
    ]  # fmt: skip
