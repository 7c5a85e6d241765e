"""ReLU that lets a little of what is below zero through."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Leaky ReLU")
HELP = mark("Keeps what is above zero and lets a small share of what is below through.")
GROUP = "activation"
KERAS = "LeakyReLU"
INPUTS = (1, 1)

FIELDS = {
    "negative_slope": Decimal(
        label=mark("Share below zero"), low=0.0, high=1.0, step=0.05, default=0.3, main=True,
        help=mark("How much of what is below zero is let through."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"negative_slope": 0.1}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
