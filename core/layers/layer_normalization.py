"""Brings the numbers of each row to a common scale."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Switch
from core.layers._shapes import Shape, count
from core.words import mark

LABEL = mark("Layer normalization")
HELP = mark("Brings the numbers of each row to a common scale, whatever the other rows of the step are.")
WHEN = mark("Take it in networks with attention or recurrent layers, or when batches are small.")
MORE = mark("A larger smallest spread leaves rows that hardly vary closer to zero.")
PICTURE = "normalize"
GROUP = "scaling"
KERAS = "LayerNormalization"
INPUTS = (1, 1)

FIELDS = {
    "epsilon": Decimal(
        label=mark("Smallest spread"), low=1e-7, high=1.0, step=0.001, default=0.001, main=True,
        help=mark("Keeps rows that hardly vary from being blown up."),
    ),
    "center": Switch(
        label=mark("Learn a shift"), default=True, help=mark("Lets training move each number up or down again."),
    ),
    "scale": Switch(
        label=mark("Learn a scale"), default=True, help=mark("Lets training stretch each number again."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(57,)]},
    {"fields": {"scale": False}, "shapes": [(16, 8)]},
    {"fields": {"center": False, "epsilon": 0.01}, "shapes": [(5,)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return shapes[0][-1] * (fields["center"] + fields["scale"])


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 3 * count(shapes[0])  # the spread, the division by it, and the learned scale
