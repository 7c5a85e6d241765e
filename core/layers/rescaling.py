"""Multiplies every number and adds to it."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Rescale")
HELP = mark("Multiplies every number by one amount and adds another, both fixed by you.")
GROUP = "scaling"
KERAS = "Rescaling"
INPUTS = (1, 1)

# Keras has no default for the scale.
FIELDS = {
    "scale": Decimal(
        label=mark("Multiply by"), low=-1e6, high=1e6, default=1.0, main=True,
        help=mark("What every number is multiplied by."),
    ),
    "offset": Decimal(
        label=mark("Then add"), low=-1e6, high=1e6, default=0.0,
        help=mark("What is added to every number afterwards."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"scale": 0.5, "offset": -1.0}, "shapes": [(57,)]},
    {"fields": {}, "shapes": [(16, 8)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
