"""Looks from each step of a sequence at all its steps."""

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

LABEL = mark("Self-attention")
HELP = mark("For each step, looks at all steps of the same sequence and takes what matters from them.")
WHEN = mark(
    "Take it where steps far apart belong together; put a position embedding in front, or order is not seen."
)
MORE = mark(
    "More heads look for more things at once; more numbers per head compare more finely and cost more."
)
PICTURE = "attention"
INPUTS = (1, 1)
CALL = "twice"

EXAMPLES = [
    {"fields": {"num_heads": 2, "key_dim": 4}, "shapes": [(16, 8)]},
    {"fields": {"num_heads": 3, "key_dim": 5, "use_bias": False, "dropout": 0.1}, "shapes": [(4, 6)]},
    {"fields": {"num_heads": 2, "key_dim": 3, "use_causal_mask": True}, "shapes": [(5, 6)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return three(shapes)[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return weights_of(fields, shapes)


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return operations_of(fields, shapes)


def held(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return held_by(fields, shapes)
