"""Keeps the largest of a few neighbouring steps."""

from collections.abc import Mapping
from typing import Any

from core.layers import _pooling
from core.layers._convolution import STEPS
from core.layers._pooling import INPUTS, automatic
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["INPUTS", "automatic"]

LABEL = mark("Max pooling 1D")
HELP = mark("Keeps the largest number of every few steps, so that the steps become fewer.")
WHEN = mark(
    "Take it behind convolutions over steps, where it matters whether something occurs, not exactly when."
)
MORE = mark(
    "A larger window leaves fewer steps, so that later layers see further and have less to calculate."
)
PICTURE = "pool"
GROUP = "sequences"
KERAS = "MaxPooling1D"

FIELDS = _pooling.knobs(STEPS)

EXAMPLES = [
    {"fields": {}, "shapes": [(9, 4)]},
    {"fields": {"pool_size": 3, "strides": 2, "padding": "same"}, "shapes": [(8, 3)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return _pooling.pooled(fields, shapes[0], STEPS)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return _pooling.operations(fields, shapes[0], STEPS)
