"""The rows that a run keeps to be tried with, as JSON carries them: what a request to its model says."""

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Any

from core import home
from core.recipes import read_values
from core.runs import Run

# Settings of a model that writes, as its samples name them.
WHOLE = {"length": int, "seed": int, "temperature": float}


def body(run: Run, columns: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What `/predict` is sent: one row, or of a forecast all sample rows."""
    if "series" not in (run.recipes() or {}):
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
        return text if text.strip() else None
    value = float(read_values([text], parse)[0])
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def first(run: Run) -> dict[str, Any]:
    """The first of the rows that the run keeps."""
    return row(run, home.read_json(run.folder / "samples.json")["columns"])
