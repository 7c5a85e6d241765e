"""Takes one layer's numbers from another's."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields
from core.layers._shapes import Shape, same_shape
from core.words import mark

LABEL = mark("Subtract")
HELP = mark("Takes the numbers of the second layer from those of the first, place by place.")
WHEN = mark("Take it to compare two paths, such as now and before.")
MORE = mark("It has no settings; what both inputs have in common cancels out.")
PICTURE = "merge"
GROUP = "merging"
KERAS = "Subtract"
INPUTS = (2, 2)
FIELDS: Fields = {}

EXAMPLES = [
    {"fields": {}, "shapes": [(8,), (8,)]},
    {"fields": {}, "shapes": [(4, 3), (3,)]},
    {"fields": {}, "shapes": [(1,), (5, 8)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return same_shape(shapes)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
