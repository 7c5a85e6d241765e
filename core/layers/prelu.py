"""ReLU that learns how much of what is below zero comes through."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields
from core.layers._made import Made
from core.layers._shapes import Shape, count
from core.layers._unchanged import INPUTS, output_shape
from core.words import mark

__all__ = ["INPUTS", "output_shape"]

LABEL = mark("PReLU")
HELP = mark("Keeps what is above zero, and learns for each channel how much of what is below comes through.")
WHEN = mark("Take it in large networks in place of ReLU; it costs next to nothing.")
MORE = mark("It has no settings; each channel learns one number of its own.")
PICTURE = "activation"
GROUP = "activation"
KERAS = "PReLU"
FIELDS: Fields = {}

EXAMPLES = [
    {"fields": {}, "shapes": [(57,)]},
    {"fields": {}, "shapes": [(16, 8)]},
    {"fields": {}, "shapes": [(6, 5, 3)]},
]


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    """One slope for each channel, the same at all places.

    Source: He et al., "Delving Deep into Rectifiers", 2015, section 2.1 (channel-wise).
    """
    return Made(KERAS, {"shared_axes": list(range(1, len(shapes[0]))) or None})


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return shapes[0][-1]


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return count(shapes[0])
