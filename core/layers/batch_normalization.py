"""Brings numbers to a common scale, learned from the rows of each step."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Switch
from core.layers._shapes import Shape, count
from core.words import mark

LABEL = mark("Batch normalization")
HELP = mark("Brings each number to a common scale, measured over the rows of a step; often trains faster.")
WHEN = mark(
    "Take it between a layer and its bend when training is slow or jumps about; it needs batches of 16 rows or more."
)
MORE = mark(
    "More memory makes the scale in a script steadier; here it is measured anew whenever the network is judged."
)
PICTURE = "normalize"
GROUP = "scaling"
KERAS = "BatchNormalization"
INPUTS = (1, 1)

FIELDS = {
    "momentum": Decimal(
        label=mark("Memory"), low=0.0, high=0.9999, step=0.01, default=0.99, main=True,
        help=mark("How slowly the remembered scale follows new rows in a script; here it is measured anew."),
    ),
    "epsilon": Decimal(
        label=mark("Smallest spread"), low=1e-7, high=1.0, step=0.001, default=0.001,
        help=mark("Keeps numbers that hardly vary from being blown up."),
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
    {"fields": {"center": False, "scale": False, "momentum": 0.9}, "shapes": [(16, 8)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return shapes[0][-1] * (2 + fields["center"] + fields["scale"])  # 2: the remembered mean and spread


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 2 * count(shapes[0])  # the remembered scale, and the learned one
