"""What the Python bundle holds so that the model can be asked over HTTP, and a request to try, made of a row's own values."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core import sample_row
from core.runs import Run
from core.words import say

OUTSIDE = Path(__file__).parent / "_outside"
INQUIRY = Path(__file__).parent.parent / "inquiry.py"
SERVICE = {
    "serve.py": "serve.py.txt", "forms.py": "forms.py.txt", "guard.py": "guard.py.txt",
    "Dockerfile": "Dockerfile.txt", "requirements-service.txt": "requirements-service.txt",
}  # fmt: skip
FEW = 3  # columns that a short call names


def files(run: Run, samples: Mapping[str, Any]) -> dict[str, bytes]:
    """By name, all that `serve.py` needs beside `predict.py`, and `example.json`, a request's body."""
    example = json.dumps(sample_row.body(run, samples["columns"]), ensure_ascii=False, indent=1) + "\n"
    return {name: (OUTSIDE / source).read_bytes() for name, source in SERVICE.items()} | {
        INQUIRY.name: INQUIRY.read_bytes(),
        "example.json": json.dumps(
            sample_row.row(run, samples["columns"]), ensure_ascii=False, indent=1
        ).encode(),
        **({"example_rows.json": example.encode()} if _forecasts(run) else {}),
    }


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
    shown = dict(list(sample_row.row(run, samples["columns"]).items())[:FEW])
    return [
        say("One row from the terminal, and from Python; columns that are left out count as not known:"), "",
        "    python predict.py --row example.json", "",
        "    from predict import predict",
        f"    predict([{shown!r}])", "",
    ]  # fmt: skip
