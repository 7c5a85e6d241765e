"""Looks for patterns in a few steps in a row at a time."""

from collections.abc import Mapping
from typing import Any

from core.layers import _convolution
from core.layers._convolution import FILTERS_FIELD, INPUTS, STEPS, automatic
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS", "automatic"]

LABEL = mark("Convolution 1D")
HELP = mark(
    "Moves a window over the steps and looks for the same patterns everywhere, such as a rise before a fall."
)
WHEN = mark("Take it for measurements over time, for sounds and for texts, where neighbours belong together.")
MORE = mark("More filters look for more patterns; a larger window sees longer ones.")
PICTURE = "conv1d"
GROUP = "sequences"
KERAS = "Conv1D"

FIELDS = _convolution.knobs(STEPS, causal=True, filters=FILTERS_FIELD)

EXAMPLES = [
    {"fields": {"filters": 6}, "shapes": [(16, 8)]},
    {"fields": {"filters": 4, "kernel_size": 5, "strides": 2, "padding": "valid"}, "shapes": [(16, 3)]},
    {
        "fields": {"kernel_size": 2, "padding": "causal", "dilation_rate": 4, "use_bias": False},
        "shapes": [(9, 2)],
    },
    {"fields": {"filters": 3, "kernel_size": 4, "padding": "valid", "dilation_rate": 3}, "shapes": [(12, 2)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _convolution.looked_at(fields, shapes[0], STEPS, fields["filters"])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return (_convolution.kernel(fields, STEPS) * shapes[0][-1] + fields["use_bias"]) * fields["filters"]
