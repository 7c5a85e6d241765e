"""Puts a frame of zeros around pictures."""

from collections.abc import Mapping
from typing import Any

from core.layers._knobs import Sides, nested
from core.layers._made import Made
from core.layers._pictures import need_picture
from core.layers._shapes import Shape
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["INPUTS", "weights"]

LABEL = mark("Zero padding 2D")
HELP = mark("Puts a frame of zeros around the picture.")
WHEN = mark("Take it where the size of the picture has to fit another layer.")
MORE = mark("A larger number makes the frame wider.")
PICTURE = "pad"
GROUP = "images"
KERAS = "ZeroPadding2D"

FIELDS = {
    "padding": Sides(
        label=mark("Width of the frame"), low=0, high=4_096, default=[1, 1, 1, 1], main=True,
        help=mark("Zeros at the top, bottom, left and right; one number stands for all, two for height and width."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(5, 4, 3)]},
    {"fields": {"padding": [2, 1]}, "shapes": [(5, 4, 1)]},
    {"fields": {"padding": [0, 1, 2, 3]}, "shapes": [(5, 4, 1)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_picture(shapes[0])
    (height, width, channels), sides = shapes[0], fields["padding"]
    return (height + sum(sides[:2]), width + sum(sides[2:]), channels)


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    return Made(KERAS, {"padding": nested(fields["padding"])})
