"""Makes pictures larger, without learning anything."""

from collections.abc import Mapping
from typing import Any

from core.fields import Choice
from core.layers._knobs import Pair
from core.layers._pictures import BETWEEN, BETWEEN_HELP, need_picture
from core.layers._shapes import Shape
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["INPUTS", "weights"]

LABEL = mark("Upsampling 2D")
HELP = mark("Makes the picture several times as large.")
WHEN = mark(
    "Take it with a convolution behind it, where a network has to give back a picture as large as it was shown."
)
MORE = mark("A larger number gives a larger picture, with nothing new in it.")
PICTURE = "upsample"
GROUP = "images"
KERAS = "UpSampling2D"

FIELDS = {
    "size": Pair(
        label=mark("Times"), low=1, high=64, default=[2, 2], main=True,
        help=mark("How many times as high and as wide it becomes."),
    ),
    "interpolation": Choice(
        label=mark("In between"), default="nearest", options=BETWEEN, help=BETWEEN_HELP,
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(5, 4, 3)]},
    {"fields": {"size": [3, 1], "interpolation": "bilinear"}, "shapes": [(2, 3, 1)]},
    {"fields": {"size": [2], "interpolation": "bicubic"}, "shapes": [(4, 3, 1)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_picture(shapes[0])
    height, width, channels = shapes[0]
    return (height * fields["size"][0], width * fields["size"][1], channels)
