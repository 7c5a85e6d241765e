"""Every kind of layer with its examples, filled in the way a drawing fills them in."""

from typing import Any

import pytest

from core.fields import check_all
from core.graph import Graph, Layer
from core.layers import SHELF

KINDS = list(SHELF)
BLOCKS = [kind for kind in KINDS if hasattr(SHELF[kind], "layers")]
WITH_KERAS = [kind for kind in KINDS if kind not in BLOCKS and SHELF[kind].KERAS]
EXAMPLES = [
    pytest.param(kind, example, id=f"{kind}-{number}")
    for kind in KINDS
    for number, example in enumerate(SHELF[kind].EXAMPLES)
]
ROWS = {"rows": {"train": 4_900}}


def complete(kind: str, example: dict[str, Any], facts: dict[str, Any] | None = None) -> dict[str, Any]:
    """An example's fields with defaults and automatic values; what follows from the task stands in the example."""
    module = SHELF[kind]
    own = {name: value for name, value in example["fields"].items() if name in module.FIELDS}
    fields = {**example["fields"], **check_all(module.FIELDS, own)}
    if kind in {"input", "output"}:
        return fields
    if hasattr(module, "automatic"):
        fields = module.automatic(fields, ROWS if facts is None else facts, 0)
    if hasattr(module, "from_shapes"):
        fields = module.from_shapes(fields, example["shapes"])
    return fields


def alone(kind: str, example: dict[str, Any]) -> tuple[Graph, dict[str, Any]]:
    """A drawing with one layer of the kind between inputs and an output, and facts that fit it."""
    names = [f"part_{number}" for number, _ in enumerate(example["shapes"], start=1)]
    codes = getattr(SHELF[kind], "CODES", "") == "reads"
    part = {"dtype": "int32", "vocabulary": 5} if codes else {"dtype": "float32"}
    facts = {
        **ROWS,
        "inputs": {
            name: {"shape": list(shape), **part} for name, shape in zip(names, example["shapes"], strict=True)
        },
        "output": {"units": 1, "activation": "sigmoid"},
    }
    inputs = [Layer(name, "input") for name in names]
    it = Layer("it", kind, tuple(names), example["fields"])
    return Graph((*inputs, it, Layer("row", "flatten", ("it",)), Layer("end", "output", ("row",)))), facts
