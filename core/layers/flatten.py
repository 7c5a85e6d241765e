"""Lays everything out in one plain row."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields
from core.layers._shapes import Shape, count
from core.words import mark

LABEL = mark("Flatten")
HELP = mark("Lays out all numbers in one plain row, as the output and most merging layers need them.")
WHEN = mark("Take it before a layer that needs a plain row, such as the output.")
MORE = mark("It has no settings; the more numbers come in, the larger the layer after it becomes.")
PICTURE = "flatten"
GROUP = "shaping"
KERAS = "Flatten"
INPUTS = (1, 1)
CODES = "passes"
FIELDS: Fields = {}

EXAMPLES = [
    {"fields": {}, "shapes": [(16, 8)]},
    {"fields": {}, "shapes": [(5,)]},
    {"fields": {}, "shapes": [(2, 3, 4)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return (count(shapes[0]),)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
