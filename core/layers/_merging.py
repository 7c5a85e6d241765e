"""What the kinds share that merge several layers of one form, place by place."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields
from core.layers._shapes import MANY, Shape, same_shape

GROUP = "merging"
INPUTS = (2, MANY)
FIELDS: Fields = {}

EXAMPLES = [
    {"fields": {}, "shapes": [(8,), (8,)]},
    {"fields": {}, "shapes": [(4, 3), (3,)]},
    {"fields": {}, "shapes": [(1,), (5, 8)]},
    {"fields": {}, "shapes": [(4, 3), (4, 1), (1, 3)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return same_shape(shapes)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
