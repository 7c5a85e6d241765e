"""Brings each row to the length one."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields
from core.layers._shapes import Shape, count
from core.layers._unchanged import INPUTS, output_shape, weights
from core.words import mark

__all__ = ["INPUTS", "output_shape", "weights"]

LABEL = mark("Unit normalization")
HELP = mark("Brings each row to the length one, so that only the proportions of its numbers count.")
WHEN = mark("Take it before rows are compared with each other, such as in front of Dot.")
MORE = mark("It has no settings; how large the numbers were is forgotten.")
PICTURE = "normalize"
GROUP = "scaling"
KERAS = "UnitNormalization"
FIELDS: Fields = {}

EXAMPLES = [{"fields": {}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 2 * count(shapes[0])  # the length, and the division by it
