"""One drawing that holds all examples of some kinds of layer beside each other, and rows for it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from core.graph import Graph, Layer
from core.layers import SHELF
from tests.core.layers.kinds import ROWS, alone


def side_by_side(kinds: Iterable[str]) -> tuple[Graph, dict[str, Any]]:
    """The drawing, and facts that fit it; what the examples give is laid side by side in front of the output."""
    layers: list[Layer] = []
    inputs: dict[str, Any] = {}
    ends = []
    examples = [(kind, example) for kind in kinds for example in SHELF[kind].EXAMPLES]
    for number, (kind, example) in enumerate(examples):
        graph, facts = alone(kind, example)
        start = f"e{number}_"
        layers += [
            replace(layer, name=start + layer.name, inputs=tuple(start + name for name in layer.inputs))
            for layer in graph.layers
            if layer.kind != "output"
        ]
        inputs |= {start + name: part for name, part in facts["inputs"].items()}
        ends.append(f"{start}row")
    # Twice, because one input alone cannot be laid side by side.
    layers += [Layer("all", "concatenate", (*ends, *ends[:1])), Layer("end", "output", ("all",))]
    return Graph(tuple(layers)), {**ROWS, "inputs": inputs, "output": {"units": 2, "activation": "softmax"}}


def rows_for(facts: dict[str, Any], count: int) -> dict[str, np.ndarray]:
    """Random rows for all inputs."""
    dice = np.random.default_rng(count)
    return {
        name: dice.integers(0, part["vocabulary"], (count, *part["shape"])).astype(np.int32)
        if "vocabulary" in part
        else dice.normal(size=(count, *part["shape"])).astype(np.float32)
        for name, part in facts["inputs"].items()
    }
