"""Takes the mean over the whole picture."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields
from core.layers._pictures import need_picture
from core.layers._shapes import Shape, count
from core.words import mark

LABEL = mark("Global average pooling 2D")
HELP = mark("Takes the mean of each channel over the whole picture.")
WHEN = mark("Take it behind the last convolution in place of Flatten, with far fewer weights behind it.")
MORE = mark(
    "It has no settings; however large the picture is, one row with a number for each channel goes out."
)
PICTURE = "global_pool"
GROUP = "images"
KERAS = "GlobalAveragePooling2D"
INPUTS = (1, 1)
FIELDS: Fields = {}

EXAMPLES = [{"fields": {}, "shapes": [(8, 6, 3)]}, {"fields": {}, "shapes": [(1, 1, 4)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_picture(shapes[0])
    return (shapes[0][-1],)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return count(shapes[0])
