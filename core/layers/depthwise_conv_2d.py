"""Looks for patterns in each channel of a picture by itself."""

from collections.abc import Mapping
from typing import Any

from core.layers import _convolution
from core.layers._convolution import INPUTS, MULTIPLIER_FIELD, PICTURES
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS"]

LABEL = mark("Depthwise convolution 2D")
HELP = mark("Looks for patterns in each channel of the picture by itself, without mixing the channels.")
WHEN = mark("Take it with a convolution of window 1 behind it, to save weights and time on pictures.")
MORE = mark("More patterns per channel give more channels; a larger window sees larger patterns.")
PICTURE = "depthwise"
GROUP = "images"
KERAS = "DepthwiseConv2D"

FIELDS = _convolution.knobs(PICTURES, depth_multiplier=MULTIPLIER_FIELD)

EXAMPLES = [
    {"fields": {}, "shapes": [(8, 8, 3)]},
    {"fields": {"depth_multiplier": 2, "kernel_size": [5, 2], "padding": "valid"}, "shapes": [(9, 8, 2)]},
    {"fields": {"strides": [2], "use_bias": False}, "shapes": [(7, 6, 2)]},
    {"fields": {"dilation_rate": [2, 3]}, "shapes": [(7, 9, 2)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _convolution.looked_at(fields, shapes[0], PICTURES, shapes[0][-1] * fields["depth_multiplier"])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return (
        (_convolution.kernel(fields, PICTURES) + fields["use_bias"])
        * shapes[0][-1]
        * fields["depth_multiplier"]
    )
