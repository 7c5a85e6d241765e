"""Looks from each step of one sequence at all steps of another."""

from collections.abc import Mapping
from typing import Any

from core.layers._attention import (
    FIELDS,
    GROUP,
    KERAS,
    call_arguments,
    from_shapes,
    held_by,
    made,
    operations_of,
    three,
    weights_of,
)
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["FIELDS", "GROUP", "KERAS", "call_arguments", "from_shapes", "made"]

LABEL = mark("Multi-head attention")
HELP = mark("For each step of one sequence, looks at all steps of another and takes what matters from them.")
WHEN = mark(
    "Take it where one sequence is to be read with another in mind, such as an answer with its question."
)
MORE = mark(
    "More heads look for more things at once; more numbers per head compare more finely and cost more."
)
PICTURE = "attention"
INPUTS = (2, 3)
PORTS = (mark("what asks (query)"), mark("what is read (value)"), mark("what it is found by (key)"))
CALL = "spread"

EXAMPLES = [
    {"fields": {"num_heads": 2, "key_dim": 4}, "shapes": [(5, 8), (7, 8)]},
    {"fields": {"num_heads": 3, "key_dim": 5, "use_bias": False}, "shapes": [(4, 6), (3, 2), (3, 9)]},
    {"fields": {"num_heads": 1, "key_dim": 1, "use_causal_mask": True}, "shapes": [(4, 3), (4, 3)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return three(shapes)[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return weights_of(fields, shapes)


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return operations_of(fields, shapes)


def held(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return held_by(fields, shapes)
