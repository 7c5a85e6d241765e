"""Brings all pictures to one size."""

from collections.abc import Mapping
from typing import Any

from core.fields import Choice, Switch, Whole
from core.layers._pictures import BETWEEN, BETWEEN_HELP, need_picture
from core.layers._shapes import Shape
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["INPUTS", "weights"]

LABEL = mark("Resizing")
HELP = mark("Brings the picture to the size that you choose.")
WHEN = mark("Take it behind an input whose pictures are larger than they need to be.")
MORE = mark("A larger size keeps finer details, and everything behind it takes longer.")
PICTURE = "resize"
GROUP = "images"
KERAS = "Resizing"

# Keras has no default size. Its `pad_to_aspect_ratio`, `antialias` and bicubic
# interpolation are left out: ONNX Runtime cannot carry them out where the picture becomes smaller.
FIELDS = {
    "height": Whole(
        label=mark("Height"), low=1, high=4_096, default=64, main=True, help=mark("How high it becomes, in places."),
    ),
    "width": Whole(
        label=mark("Width"), low=1, high=4_096, default=64, main=True, help=mark("How wide it becomes, in places."),
    ),
    "interpolation": Choice(
        label=mark("In between"), default="bilinear", help=BETWEEN_HELP,
        options={name: BETWEEN[name] for name in ("bilinear", "nearest")},
    ),
    "crop_to_aspect_ratio": Switch(
        label=mark("Cut off what does not fit"), default=False,
        help=mark("Keeps the proportions by cutting off edges, where the picture would be stretched otherwise."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"height": 6, "width": 9}, "shapes": [(12, 10, 3)]},
    {
        "fields": {"height": 7, "width": 3, "interpolation": "nearest", "crop_to_aspect_ratio": True},
        "shapes": [(4, 5, 1)],
    },
    {"fields": {"height": 4, "width": 8}, "shapes": [(9, 9, 2)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_picture(shapes[0])
    return (fields["height"], fields["width"], shapes[0][2])
