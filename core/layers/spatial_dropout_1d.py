"""Leaves out whole channels of steps at random while training."""

from collections.abc import Mapping
from typing import Any

from core.layers._dropping import FIELDS, automatic
from core.layers._shapes import Shape
from core.layers._steps import need_steps
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["FIELDS", "INPUTS", "automatic", "weights"]

LABEL = mark("Spatial dropout 1D")
HELP = mark(
    "Leaves out a random share of the channels in each training step, each over all steps of the row."
)
WHEN = mark(
    "Take it between layers that read steps, where neighbours say almost the same and dropout does little."
)
MORE = mark(
    "A larger share guards better against learning by heart; too large, and little is learned at all."
)
PICTURE = "dropout"
GROUP = "guarding"
KERAS = "SpatialDropout1D"

EXAMPLES = [{"fields": {"rate": 0.3}, "shapes": [(16, 8)]}, {"fields": {}, "shapes": [(4, 1)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_steps(shapes[0])
    return shapes[0]
