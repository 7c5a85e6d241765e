"""Keeps the largest of a few neighbouring places of a picture."""

from collections.abc import Mapping
from typing import Any

from core.layers import _pooling
from core.layers._convolution import PICTURES
from core.layers._pooling import INPUTS, automatic
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS", "automatic"]

LABEL = mark("Max pooling 2D")
HELP = mark("Keeps the largest number of every small square, so that the picture becomes smaller.")
WHEN = mark("Take it behind convolutions, where it matters whether something is seen, not exactly where.")
MORE = mark(
    "A larger window leaves a smaller picture, so that later layers see further and have less to calculate."
)
PICTURE = "pool"
GROUP = "images"
KERAS = "MaxPooling2D"

FIELDS = _pooling.knobs(PICTURES)

EXAMPLES = [
    {"fields": {}, "shapes": [(9, 8, 3)]},
    {"fields": {"pool_size": [3, 2], "strides": [2, 1], "padding": "same"}, "shapes": [(8, 7, 2)]},
    {"fields": {"pool_size": [3], "strides": [1]}, "shapes": [(5, 4, 1)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _pooling.pooled(fields, shapes[0], PICTURES)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return _pooling.operations(fields, shapes[0], PICTURES)
