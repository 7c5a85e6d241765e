"""One layer of a Transformer that writes: each step sees only itself and those before it, and what an encoder read."""

from collections.abc import Mapping
from typing import Any

from core.layers._blocks import CODES, GROUP, KERAS
from core.layers._made import Part
from core.layers._shapes import Shape
from core.layers._steps import need_steps
from core.layers._transformer import FIELDS, around, attention_fields, feed_forward, from_shapes
from core.words import mark

__all__ = ["CODES", "FIELDS", "GROUP", "KERAS", "from_shapes"]

LABEL = mark("Transformer decoder")
HELP = mark(
    "Each step looks back at the steps before it, never ahead, then at what an encoder read, if there is one."
)
WHEN = mark("Take it where the next step is to be guessed, or one sequence is to be written from another.")
MORE = mark("More blocks in a row see more indirect connections; more heads look for more things at once.")
PICTURE = "block"
INPUTS = (1, 2)
PORTS = (mark("what is written so far"), mark("what the encoder read"))

EXAMPLES = [
    {"fields": {"num_heads": 2, "key_dim": 4, "units": 32}, "shapes": [(16, 8)]},
    {"fields": {"num_heads": 2, "key_dim": 3, "units": 5}, "shapes": [(4, 6), (7, 5)]},
    {"fields": {"num_heads": 1, "key_dim": 2, "units": 3, "norm": "after"}, "shapes": [(4, 6), (7, 6)]},
]


def layers(fields: Mapping[str, Any], shapes: list[Shape]) -> tuple[Part, ...]:
    for port, shape in enumerate(shapes):
        need_steps(shape, port)
    parts = around("in_1", "back", fields, ("back", "self_attention", attention_fields(fields, causal=True)))
    last = "back_out"
    if len(shapes) > 1:
        across = ("across", "multi_head_attention", attention_fields(fields))
        parts += around(last, "across", fields, across, beside="in_2")
        last = "across_out"
    return (*parts, *feed_forward(last, fields, shapes[0][-1]))
