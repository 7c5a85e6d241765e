"""Leaves out whole channels of pictures at random while training."""

from collections.abc import Mapping
from typing import Any

from core.layers._dropping import FIELDS, automatic
from core.layers._pictures import need_picture
from core.layers._shapes import Shape
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["FIELDS", "INPUTS", "automatic", "weights"]

LABEL = mark("Spatial dropout 2D")
HELP = mark("Leaves out a random share of the channels in each training step, each over the whole picture.")
WHEN = mark("Take it between convolutions, where neighbours say almost the same and dropout does little.")
MORE = mark(
    "A larger share guards better against learning by heart; too large, and little is learned at all."
)
PICTURE = "dropout"
GROUP = "guarding"
KERAS = "SpatialDropout2D"

EXAMPLES = [{"fields": {"rate": 0.3}, "shapes": [(6, 5, 8)]}, {"fields": {}, "shapes": [(4, 4, 1)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_picture(shapes[0])
    return shapes[0]
