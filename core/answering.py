"""`python -m core.answering`: a helper that keeps models open and answers rows for the pages.

A question is `{"folder": of the run, "columns": {column: [text, …]}}`; the answer is that of `core.answer`, as plain lists.
A picture is the path of its file, below the workspace; or, with `"pictures": {name: base64}`, a name in there, and no file is read. With `"look": true` the answer also holds, by column, what the
network sees of the first row's pictures: `"seen": {column: PNG as a data address}`; with `"why": true`, what each stretch of the
first row's texts did for its answer: `"pushes": {column: [[begin, end, push], …]}`, as `core.explainers.words` tells it, and
what its words looked at, where they do: `"looked": {column: {"words": [token, …], "shares": [blocks, heads, words, words]}}`, as
`core.explainers.attention` tells it. With `"parts": true`, it holds what each column did for the first row's answer, as
`core.explainers.contributions` tells it: `"parts": {"usual", "said", "answer", "columns": [[column, part, error], …]}`, the largest
first; with `"ways": {"may": [column, …], "wanted": an answer, an amount or null}`, what would change it, as `core.explainers.changes` tells
it: `"ways": [{"changes": [[column, value], …], "said", "chance"}, …]`.

With `"rows": [{column: value, …}]` in place of columns the answer is `{"answers": as of core.served}`.

A question to a network that writes is `{"folder": …, "write": {"settings": as of core.generate.write, "before": codes that it
has written, "count": how many more}}`, and the answer `{"codes": all so far, "text": they say, "ended": whether that is all}`.

A question to a network that turns texts into others is `{"folder": …, "rewrite": text, "beams": how many}`, and the answer
`{"alternatives": as of core.rewrite.answers, "source": pieces of the text, "unread": whether its end is not read, "looked": for the
best one, [pieces written, pieces of the text] how much each looked at each, or None, "pieces": those that are written}`.

A question to a model that recommends is `{"folder": …, "recommend": {"person": a name or nothing, "had": [item, …] of somebody new,
"most": how many, "keep_seen": whether, "variety": 0 to 1, "only": [[column, value], …]}}`, and the answer `{"known": whether, "had": [item, …], "shown": [{"item", "score",
"because": [item, …]}, …]}`; with `{"alike": item, "only": …}` in place of that, `{"shown": [{"item", "score"}, …]}`.
"""

from base64 import b64decode, b64encode
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from core import asked, generate, home, pixels, rewrite, served, suggesting, thumbnails
from core.answer import Find, Model
from core.explainers import attention, changes, contributions, words
from core.pictures import Folder

MODELS_OPEN = 4
DECIMALS = 3  # of a share


@lru_cache(maxsize=MODELS_OPEN)
def _open(folder: str, changed: int) -> Model:
    """Kept open, because opening takes longer than answering, until its recipes are changed."""
    return Model.open(Path(folder))


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Answers to some rows of text. Raises RunError where the run has no model."""
    recipes = Path(question["folder"]) / "recipes.json"
    changed = recipes.stat().st_mtime_ns if recipes.exists() else 0
    model, sent = _open(question["folder"], changed), question.get("pictures")
    find = (
        Folder(home.folder()).find
        if sent is None
        else lambda name: b64decode(sent[name]) if name in sent else None
    )
    if "write" in question:
        return _written(model, question["write"])
    if "rewrite" in question:
        return _rewritten(model, str(question["rewrite"]), int(question.get("beams", rewrite.BEAMS)))
    if "recommend" in question:
        return suggesting.answer(model, question["recommend"])
    if "rows" in question:
        return {"answers": served.answers(model, question["rows"], find)}
    said = model.answer(question["columns"], find)
    told = {name: value if isinstance(value, list) else value.tolist() for name, value in said.items()}
    if said["prediction"] == [None]:
        told.pop("probabilities", None)  # there is no number that JSON could hold
    if question.get("look"):
        told["seen"] = _seen(model, {name: question["columns"][name][0] for name in model.pictures}, find)
    if question.get("why") and not model.pictures:
        row = {name: texts[0] for name, texts in question["columns"].items()}
        told |= {"pushes": _pushes(model, row), "looked": _looked(model, Path(question["folder"]), row)}
    if (question.get("parts") or question.get("ways")) and not model.pictures:
        told |= _asked_why(model, question)
    return told


def _asked_why(model: Model, question: dict[str, Any]) -> dict[str, Any]:
    """What each column did for the first row's answer, and what would change it, as far as that is asked."""
    folder, row = Path(question["folder"]), {name: texts[0] for name, texts in question["columns"].items()}
    found: dict[str, Any] = {}
    if question.get("parts"):
        parts = contributions.of_row(model, folder, row)
        columns = [[name, part, parts.errors[name]] for name, part in parts.parts.items()]
        found["parts"] = {
            "usual": parts.usual, "said": parts.said, "answer": parts.answer,
            "columns": sorted(columns, key=lambda one: -abs(one[1])),
        }  # fmt: skip
    if question.get("ways"):
        ways = changes.of_row(model, folder, row, **question["ways"])
        found["ways"] = [{"changes": way.changes, "said": way.said, "chance": way.chance} for way in ways]
    return found


def _rewritten(model: Model, text: str, beams: int) -> dict[str, Any]:
    """What a text becomes, and where it looked for each piece of it."""
    made = model.recipes
    found = model.written({model.columns[0]: [text]}, beams=beams)[0]
    ((codes, _),) = rewrite.pairs(made, [text])
    reads = made["columns"][0]["features"][0]["length"]
    looked, written = None, found[0]["codes"]
    if written and codes:
        read = model.writes.encode(rewrite.padded([codes[:reads]], reads))
        so_far = np.array([[rewrite.BEGIN, *written]], np.int32)[:, : len(written)]
        scores = model.writes.attention(read, so_far)
        looked = None if scores is None else np.round(scores[0][:, : len(codes[:reads])], 4).tolist()
    return {
        "alternatives": found, "source": rewrite.parts(made, text, codes[:reads]), "unread": len(codes) > reads,
        "pieces": rewrite.parts(made, text, written), "looked": looked,
    }  # fmt: skip


def _written(model: Model, asked: dict[str, Any]) -> dict[str, Any]:
    """The next few codes of a text that is being written, all of it so far, and whether it has ended."""
    target, before, settings = model.recipes["target"], list(asked["before"]), dict(asked["settings"])
    writing = generate.write(model.writer, target, before=before, **settings)
    found = list(islice(writing, asked["count"]))
    return {
        "codes": [*before, *found], "text": generate.text(target, [*before, *found]), "ended": len(found) < asked["count"],
    }  # fmt: skip


def _pushes(model: Model, row: dict[str, str]) -> dict[str, list[list[float]]]:
    return {
        name: [[found.start, found.end, found.push] for found in words.of_row(model, row, name)]
        for name in _texts(model) if row[name].strip()
    }  # fmt: skip


def _looked(model: Model, folder: Path, row: dict[str, str]) -> dict[str, dict[str, Any]]:
    found = {name: attention.of_row(model, folder, row, name) for name in _texts(model) if row[name].strip()}
    return {
        name: {"words": list(one.words), "shares": np.round(one.shares.astype(float), DECIMALS).tolist()}
        for name, one in found.items() if one
    }  # fmt: skip


def _texts(model: Model) -> list[str]:
    return list(dict.fromkeys(one["column"] for one in model.recipes["columns"] if one["kind"] == "text"))


def _seen(model: Model, names: dict[str, str], find: Find) -> dict[str, str]:
    recipes = {recipe["column"]: recipe for recipe in model.recipes["columns"]}
    found = {}
    for column, name in names.items():
        content = find(name) if name else None
        values = pixels.read(content, recipes[column]["parse"]) if content else None
        if values is not None:
            found[column] = f"data:image/png;base64,{b64encode(thumbnails.png(values)).decode()}"
    return found


if __name__ == "__main__":
    asked.serve(answer)
