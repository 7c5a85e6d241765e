"""Cuts the edges off pictures."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.layers._knobs import Sides, nested
from core.layers._made import Made
from core.layers._pictures import need_picture
from core.layers._shapes import Shape, sizes
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["INPUTS", "weights"]

LABEL = mark("Cropping 2D")
HELP = mark("Cuts places off the edges of the picture.")
WHEN = mark("Take it where the edges show nothing that matters, or the size has to fit another layer.")
MORE = mark("A larger number cuts more off.")
PICTURE = "pad"
GROUP = "images"
KERAS = "Cropping2D"

# By itself, Keras cuts nothing off.
FIELDS = {
    "cropping": Sides(
        label=mark("Cut off"), low=0, high=4_096, default=[1, 1, 1, 1], main=True,
        help=mark("Places at the top, bottom, left and right; one number stands for all, two for height and width."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(5, 4, 3)]},
    {"fields": {"cropping": [2, 1]}, "shapes": [(5, 4, 1)]},
    {"fields": {"cropping": [0, 1, 2, 1]}, "shapes": [(5, 4, 1)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_picture(shapes[0])
    (height, width, channels), sides = shapes[0], fields["cropping"]
    left = (height - sum(sides[:2]), width - sum(sides[2:]), channels)
    if min(left) < 1:
        raise GraphError(
            mark("it would cut off all of a picture of {sizes}.", sizes=sizes(shapes[0])),
            mark("Cut off less than the height and less than the width."),
            mends=[Mend(mark("Cut off nothing"), ({"do": "set", "fields": {"cropping": [0]}},))],
        )
    return left


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    return Made(KERAS, {"cropping": nested(fields["cropping"])})
