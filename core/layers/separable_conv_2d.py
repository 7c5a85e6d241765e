"""Looks for patterns in each channel by itself, then mixes the channels."""

from collections.abc import Mapping
from typing import Any

from core.layers import _convolution
from core.layers._convolution import FILTERS_FIELD, INPUTS, MULTIPLIER_FIELD, PICTURES, automatic
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS", "automatic"]

LABEL = mark("Separable convolution 2D")
HELP = mark(
    "Looks at each channel of the picture by itself and then mixes the channels, with far fewer weights."
)
WHEN = mark("Take it in place of a convolution over pictures when the network is too large or too slow.")
MORE = mark("More filters look for more patterns; a larger window sees larger ones.")
PICTURE = "depthwise"
GROUP = "images"
KERAS = "SeparableConv2D"

FIELDS = {
    **_convolution.knobs(PICTURES, filters=FILTERS_FIELD),
    "depth_multiplier": MULTIPLIER_FIELD,
}

EXAMPLES = [
    {"fields": {"filters": 6}, "shapes": [(8, 8, 3)]},
    {
        "fields": {"filters": 4, "kernel_size": [5, 2], "strides": [2], "padding": "valid"},
        "shapes": [(9, 8, 1)],
    },
    {"fields": {"depth_multiplier": 3, "use_bias": False}, "shapes": [(7, 6, 2)]},
    {"fields": {"filters": 3, "dilation_rate": [2]}, "shapes": [(12, 9, 2)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _convolution.looked_at(fields, shapes[0], PICTURES, fields["filters"])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    found = shapes[0][-1] * fields["depth_multiplier"]  # channels between the two halves
    return _convolution.kernel(fields, PICTURES) * found + (found + fields["use_bias"]) * fields["filters"]
