"""Takes the largest number over all steps."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields
from core.layers._shapes import Shape
from core.layers._steps import need_steps
from core.words import mark

LABEL = mark("Global max pooling 1D")
HELP = mark("Takes the largest number over all steps, such as over all the categories of a row.")
WHEN = mark("Take it behind layers that read steps, where it matters whether something occurs at all.")
MORE = mark("It has no settings; however many steps come in, one row goes out.")
PICTURE = "global_pool"
GROUP = "shaping"
KERAS = "GlobalMaxPooling1D"
INPUTS = (1, 1)
FIELDS: Fields = {}

EXAMPLES = [{"fields": {}, "shapes": [(16, 8)]}, {"fields": {}, "shapes": [(1, 3)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_steps(shapes[0])
    return (shapes[0][-1],)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
