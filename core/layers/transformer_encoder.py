"""One layer of a Transformer that reads: self-attention, then a look at each step by itself."""

from collections.abc import Mapping
from typing import Any

from core.layers._blocks import CODES, GROUP, KERAS
from core.layers._made import Part
from core.layers._shapes import Shape
from core.layers._steps import need_steps
from core.layers._transformer import FIELDS, around, attention_fields, feed_forward, from_shapes
from core.words import mark

__all__ = ["CODES", "FIELDS", "GROUP", "KERAS", "from_shapes"]

LABEL = mark("Transformer encoder")
HELP = mark("Each step looks at all other steps, then is thought over by itself; both with a way around.")
WHEN = mark("Take it for sequences whose distant steps belong together; put a position embedding in front.")
MORE = mark("More blocks in a row see more indirect connections; more heads look for more things at once.")
PICTURE = "block"
INPUTS = (1, 1)

EXAMPLES = [
    {"fields": {"num_heads": 2, "key_dim": 4, "units": 32}, "shapes": [(16, 8)]},
    {"fields": {"num_heads": 3, "key_dim": 2, "units": 5, "norm": "after"}, "shapes": [(4, 7)]},
    {"fields": {"num_heads": 1, "key_dim": 1, "units": 1, "dropout": 0.0}, "shapes": [(1, 1)]},
]


def layers(fields: Mapping[str, Any], shapes: list[Shape]) -> tuple[Part, ...]:
    need_steps(shapes[0])
    look = ("look", "self_attention", attention_fields(fields))
    return (*around("in_1", "look", fields, look), *feed_forward("look_out", fields, shapes[0][-1]))
