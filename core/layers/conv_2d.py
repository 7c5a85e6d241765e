"""Looks for patterns in a small part of the picture at a time."""

from collections.abc import Mapping
from typing import Any

from core.layers import _convolution
from core.layers._convolution import FILTERS_FIELD, INPUTS, PICTURES, automatic
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS", "automatic"]

LABEL = mark("Convolution 2D")
HELP = mark(
    "Moves a window over the picture and looks for the same patterns everywhere, such as edges and corners."
)
WHEN = mark(
    "Take it for pictures and anything else on a grid; several in a row see larger and larger things."
)
MORE = mark("More filters look for more patterns; a larger window sees larger ones.")
PICTURE = "conv2d"
GROUP = "images"
KERAS = "Conv2D"

FIELDS = _convolution.knobs(PICTURES, filters=FILTERS_FIELD)

EXAMPLES = [
    {"fields": {"filters": 6}, "shapes": [(8, 8, 3)]},
    {
        "fields": {"filters": 4, "kernel_size": [5, 2], "strides": [2], "padding": "valid"},
        "shapes": [(9, 8, 1)],
    },
    {"fields": {"kernel_size": [3, 1], "dilation_rate": [2, 3], "use_bias": False}, "shapes": [(7, 6, 2)]},
    {"fields": {"strides": [3, 2], "activation": "softmax"}, "shapes": [(7, 6, 2)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _convolution.looked_at(fields, shapes[0], PICTURES, fields["filters"])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return (_convolution.kernel(fields, PICTURES) * shapes[0][-1] + fields["use_bias"]) * fields["filters"]
