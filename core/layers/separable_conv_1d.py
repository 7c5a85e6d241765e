"""Looks for patterns in each channel by itself, then mixes the channels."""

from collections.abc import Mapping
from typing import Any

from core.layers import _convolution
from core.layers._convolution import FILTERS_FIELD, INPUTS, MULTIPLIER_FIELD, STEPS, automatic
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS", "automatic"]

LABEL = mark("Separable convolution 1D")
HELP = mark(
    "Looks at each channel of the steps by itself and then mixes the channels, with far fewer weights."
)
WHEN = mark("Take it in place of a convolution over steps when the network is too large or too slow.")
MORE = mark("More filters look for more patterns; a larger window sees longer ones.")
PICTURE = "conv1d"
GROUP = "sequences"
KERAS = "SeparableConv1D"

FIELDS = {
    **_convolution.knobs(STEPS, filters=FILTERS_FIELD),
    "depth_multiplier": MULTIPLIER_FIELD,
}

EXAMPLES = [
    {"fields": {"filters": 6}, "shapes": [(16, 8)]},
    {"fields": {"filters": 4, "kernel_size": 5, "strides": 2, "padding": "valid"}, "shapes": [(16, 3)]},
    {
        "fields": {"kernel_size": 2, "padding": "valid", "depth_multiplier": 3, "use_bias": False},
        "shapes": [(9, 2)],
    },
    {"fields": {"filters": 3, "dilation_rate": 2}, "shapes": [(12, 2)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _convolution.looked_at(fields, shapes[0], STEPS, fields["filters"])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    found = shapes[0][-1] * fields["depth_multiplier"]  # channels between the two halves
    return _convolution.kernel(fields, STEPS) * found + (found + fields["use_bias"]) * fields["filters"]
