"""Brings the numbers of each row to a common size, without moving them."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal
from core.layers._shapes import Shape, count
from core.words import mark

LABEL = mark("RMS normalization")
HELP = mark(
    "Brings the numbers of each row to a common size without moving them; simpler than layer normalization."
)
WHEN = mark("Take it in place of layer normalization in large networks, where it saves time.")
MORE = mark("A larger smallest spread leaves rows that hardly vary closer to zero.")
PICTURE = "normalize"
GROUP = "scaling"
KERAS = "RMSNormalization"
INPUTS = (1, 1)

FIELDS = {
    "epsilon": Decimal(
        label=mark("Smallest spread"), low=1e-9, high=1.0, step=0.001, default=1e-6, main=True,
        help=mark("Keeps rows that hardly vary from being blown up."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {}, "shapes": [(57,)]}, {"fields": {"epsilon": 0.01}, "shapes": [(16, 8)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return shapes[0][-1]


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 3 * count(shapes[0])  # the size, the division by it, and the learned scale
