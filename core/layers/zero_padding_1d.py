"""Puts steps of zeros in front and behind."""

from collections.abc import Mapping
from typing import Any

from core.layers._knobs import Pair
from core.layers._shapes import Shape
from core.layers._steps import need_steps
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["INPUTS", "weights"]

LABEL = mark("Zero padding 1D")
HELP = mark("Puts steps of zeros in front of the first step and behind the last.")
WHEN = mark("Take it where the number of steps has to fit another layer.")
MORE = mark("A larger number adds more steps of zeros.")
PICTURE = "pad"
GROUP = "sequences"
KERAS = "ZeroPadding1D"

FIELDS = {
    "padding": Pair(
        label=mark("Steps of zeros"), low=0, high=100_000, default=[1, 1], main=True,
        help=mark("How many steps are put in front and behind; one number stands for both."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {}, "shapes": [(5, 3)]}, {"fields": {"padding": [3, 0]}, "shapes": [(2, 1)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_steps(shapes[0])
    return (shapes[0][0] + sum(fields["padding"]), shapes[0][1])
