"""Repeats every step."""

from collections.abc import Mapping
from typing import Any

from core.fields import Whole
from core.layers._shapes import Shape
from core.layers._steps import need_steps
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["INPUTS", "weights"]

LABEL = mark("Upsampling 1D")
HELP = mark("Repeats every step several times, so that there are more steps.")
WHEN = mark("Take it where a network has to give back as many steps as it was shown.")
MORE = mark("A larger number gives more steps, with nothing new in them.")
PICTURE = "upsample"
GROUP = "sequences"
KERAS = "UpSampling1D"

FIELDS = {
    "size": Whole(
        label=mark("Times"), low=1, high=1_000, default=2, main=True,
        help=mark("How often each step is repeated."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {}, "shapes": [(5, 3)]}, {"fields": {"size": 4}, "shapes": [(2, 1)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_steps(shapes[0])
    return (shapes[0][0] * fields["size"], shapes[0][1])
