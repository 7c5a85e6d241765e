"""Small drawings and facts for the tests of graphs."""

from typing import Any

from core.graph import Graph, Layer
from core.templates import SHELF

FACTS: dict[str, Any] = {
    "rows": {"train": 4_900, "validation": 1_050, "test": 1_050, "left_out": 0},
    "columns": 19,
    "inputs": {
        "numbers": {"shape": [57], "dtype": "float32"},
        "categories": {"shape": [16], "dtype": "int32", "vocabulary": 60},
    },
    "output": {"units": 1, "activation": "sigmoid"},
    "task": "yes_no",
    "target": "churn",
    "classes": ["No", "Yes"],
}

# What pictures of three sorts bring in, beside the parts of a table.
PICTURES: dict[str, Any] = {
    "digits": {"shape": [28, 28, 1], "dtype": "uint8"},
    "photo": {"shape": [64, 96, 3], "dtype": "uint8"},
    "dot": {"shape": [8, 8, 3], "dtype": "uint8"},
}

# What series bring in.
SERIES: dict[str, Any] = {
    "past": {"shape": [24, 3], "dtype": "float32"},
    "ahead": {"shape": [6, 5], "dtype": "float32"},
}
STEPS = 6
TEXTS = {
    "texts": {"shape": [1024], "dtype": "uint8"},
    "remark_tokens": {"shape": [48], "dtype": "int32", "vocabulary": 2_000, "view": "tokens", "of": "remark"},
    "remark_counts": {
        "shape": [64, 2],
        "dtype": "int32",
        "vocabulary": 5_001,
        "view": "counts",
        "of": "remark",
    },
    "remark_meaning": {
        "shape": [32],
        "dtype": "int32",
        "vocabulary": 128_001,
        "view": "meaning",
        "of": "remark",
    },
}
REWRITTEN = {name: {"shape": [24], "dtype": "int32", "vocabulary": 400} for name in ("source", "written")}
WRITTEN = {"text": {"shape": [24], "dtype": "int32", "vocabulary": 40}}
TASTES = {
    "past": {"shape": [12], "dtype": "int32", "vocabulary": 41},
    "person": {"shape": [1], "dtype": "int32", "vocabulary": 30},
    "had": {"shape": [41], "dtype": "float32"},
}
REPLIES = {
    name: {"shape": [24], "dtype": "int32", "vocabulary": 128_001, "view": view, "of": name.split("_")[0]}
    for name, view in (
        ("asked_question", "question"),
        ("detail_question", "question"),
        ("reply_reply", "reply"),
    )
}


def facts_for(template: str, task: str = "yes_no", rows: int = 4_900) -> dict[str, Any]:
    """Facts that the template suits: a table's, or pictures beside a table."""
    found = facts("numbers categories", task, rows)
    if SHELF[template].suits(facts("text", "next_token")):
        return facts("text", "next_token", rows)
    if SHELF[template].suits(facts("source written", "rewrite")):
        return facts("source written", "rewrite", rows)
    if SHELF[template].suits(facts("past ahead", "forecast")):
        return facts("past ahead categories", "forecast", rows)
    if SHELF[template].suits(facts("asked_question reply_reply", "best_answer")):
        return facts("asked_question reply_reply", "best_answer", rows)
    if SHELF[template].suits(facts("past person had", "recommend")):
        return facts("past person had", "recommend", rows)
    if SHELF[template].suits(found):
        return found
    pictures = facts("numbers categories photo", task, rows)
    return (
        pictures
        if SHELF[template].suits(pictures)
        else facts(f"numbers categories {' '.join(TEXTS)}", task, rows)
    )


def facts(
    kinds: str = "numbers categories", task: str = "yes_no", rows: int = 4_900, classes: int = 7
) -> dict[str, Any]:
    """Facts about prepared rows with these inputs."""
    output = {
        "yes_no": {"units": 1, "activation": "sigmoid"},
        "one_of_many": {"units": classes, "activation": "softmax"},
        "amount": {"units": 1, "activation": "linear"},
        "amount_range": {"units": 3, "activation": "linear"},
        "ordered": {"units": classes - 1, "activation": "sigmoid"},
        "many_of_many": {"units": classes, "activation": "sigmoid"},
        "count": {"units": 1, "activation": "exponential"},
        "best_answer": {"units": 1_024, "activation": "points"},
        "forecast": {"units": STEPS, "activation": "linear"},
        "recommend": {"units": 41, "activation": "scores"},
        "next_token": {"units": 40, "activation": "softmax", "steps": 24},
        "rewrite": {"units": 400, "activation": "softmax", "steps": 24},
    }[task]
    names = {"yes_no": ["No", "Yes"], "one_of_many": [f"class {i}" for i in range(classes)]}
    names = names.get("one_of_many" if task == "ordered" else task)
    known = {**FACTS["inputs"], **PICTURES, **SERIES, **TEXTS, **REPLIES, **WRITTEN, **REWRITTEN}
    inputs = {name: (TASTES if task == "recommend" else known)[name] for name in kinds.split()}
    return {**FACTS, "inputs": inputs, "output": output, "task": task, "classes": names,
            "rows": {**FACTS["rows"], "train": rows}, "writing": {"characters": 24 * rows}, "rewriting": {"tokens": 9 * rows},
            "tastes": {"events": 12 * rows, "items": 40, "ordered": True, "item_facts": 6, "person_facts": 0}}  # fmt: skip


def drawing(*lines: str, **fields: dict[str, Any]) -> Graph:
    """A graph from lines such as `hidden: dense < numbers`; `fields` by the layer's name."""
    layers = []
    for line in lines:
        head, _, inputs = line.partition("<")
        name, kind = (part.strip() for part in head.split(":"))
        layers.append(Layer(name, kind, tuple(inputs.split()), fields.get(name, {})))
    return Graph(tuple(layers))


def deep(count: int) -> Graph:
    """A network of so many layers, at least 3: dense steps with straight paths around them, dropout and scaling."""
    kinds = ("dense", "dropout", "dense", "add", "layer_normalization")
    layers = [Layer("numbers", "input"), Layer("l1", "dense", ("numbers",), {"units": 64})]
    around = "l1"
    for number in range(2, count - 1):
        kind, last = kinds[number % len(kinds)], layers[-1].name
        inputs = (last, around) if kind == "add" else (last,)
        layers.append(Layer(f"l{number}", kind, inputs, {"units": 64} if kind == "dense" else {}))
        if kind == "add":
            around = f"l{number}"
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))
