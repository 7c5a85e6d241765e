"""Weighs whole channels by what is seen in all places.

Source: Hu et al., "Squeeze-and-Excitation Networks", 2018, section 3.
"""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError
from core.fields import Whole
from core.layers._blocks import CODES, GROUP, KERAS, chain
from core.layers._made import Part
from core.layers._shapes import Shape, sizes
from core.layers._steps import in_steps, need_steps
from core.words import mark

__all__ = ["CODES", "GROUP", "KERAS"]

LABEL = mark("Squeeze and excitation")
HELP = mark("Sums up each pattern over all places, and turns whole patterns up or down by what it saw.")
WHEN = mark(
    "Take it behind convolutions, or behind layers over steps, where some patterns matter only at times."
)
MORE = mark("A smaller ratio lets it weigh patterns more finely, with more weights.")
PICTURE = "block"
INPUTS = (1, 1)

FIELDS = {
    "ratio": Whole(
        label=mark("Ratio"), low=1, high=1_024, default=16, main=True,
        help=mark("How many times narrower its middle is than the number of patterns."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(8, 6, 32)]},
    {"fields": {"ratio": 2}, "shapes": [(16, 7)]},
    {"fields": {"ratio": 8}, "shapes": [(3, 3, 4)]},
]


def layers(fields: Mapping[str, Any], shapes: list[Shape]) -> tuple[Part, ...]:
    shape = shapes[0]
    if len(shape) == 1:
        need_steps(shape)
    if len(shape) > 3:
        raise GraphError(
            mark("it needs steps or pictures, but gets {sizes}.", sizes=sizes(shape)),
            mark("Put a Reshape layer in front of it."),
            mends=[in_steps(shape)],
        )
    width, places = shape[-1], len(shape) - 1
    narrow = max(1, width // fields["ratio"])
    weighed = chain(
        "in_1",
        ("squeeze", f"global_average_pooling_{places}d", {}),
        ("narrow", "dense", {"units": narrow, "activation": "relu"}),
        ("excite", "dense", {"units": width, "activation": "sigmoid"}),
        ("folded", "reshape", {"target_shape": [1] * places + [width]}),
    )
    return (*weighed, Part("weighed", "multiply", ("in_1", "folded")))
