"""Makes a large picture of a small one, with patterns that are learned."""

from collections.abc import Mapping
from typing import Any

from core.layers import _convolution, _enlarging
from core.layers._convolution import FILTERS_FIELD, INPUTS, PICTURES, automatic
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS", "automatic"]

LABEL = mark("Transposed convolution 2D")
HELP = mark("Makes a larger picture out of a small one: each place paints a learned pattern around itself.")
WHEN = mark("Take it where a network has to give back a picture as large as it was shown.")
MORE = mark("A larger step gives a larger picture; more filters give more channels.")
PICTURE = "transpose_conv"
GROUP = "images"
KERAS = "Conv2DTranspose"

FIELDS = _convolution.knobs(PICTURES, gaps=False, filters=FILTERS_FIELD)

EXAMPLES = [
    {"fields": {"filters": 6, "strides": [2]}, "shapes": [(5, 4, 3)]},
    {
        "fields": {"kernel_size": [5, 4], "strides": [2, 1], "padding": "valid", "use_bias": False},
        "shapes": [(4, 3, 2)],
    },
    {"fields": {"kernel_size": [3], "strides": [3], "padding": "valid"}, "shapes": [(4, 3, 1)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _enlarging.painted(fields, shapes[0], PICTURES)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return _enlarging.weights(fields, shapes[0], PICTURES)


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return _enlarging.operations(fields, shapes[0], PICTURES)
