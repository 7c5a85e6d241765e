"""Makes many steps of few, with patterns that are learned."""

from collections.abc import Mapping
from typing import Any

from core.layers import _convolution, _enlarging
from core.layers._convolution import FILTERS_FIELD, INPUTS, STEPS, automatic
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS", "automatic"]

LABEL = mark("Transposed convolution 1D")
HELP = mark("Makes more steps out of few: each place paints a learned pattern around itself.")
WHEN = mark("Take it where a network has to give back as many steps as it was shown.")
MORE = mark("A larger step gives more steps; more filters give more channels.")
PICTURE = "transpose_conv"
GROUP = "sequences"
KERAS = "Conv1DTranspose"

FIELDS = _convolution.knobs(STEPS, gaps=False, filters=FILTERS_FIELD)

EXAMPLES = [
    {"fields": {"filters": 6, "strides": 2}, "shapes": [(5, 8)]},
    {"fields": {"kernel_size": 5, "strides": 2, "padding": "valid", "use_bias": False}, "shapes": [(4, 3)]},
    {"fields": {"kernel_size": 3, "strides": 3, "padding": "valid"}, "shapes": [(4, 3)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _enlarging.painted(fields, shapes[0], STEPS)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return _enlarging.weights(fields, shapes[0], STEPS)


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return _enlarging.operations(fields, shapes[0], STEPS)
