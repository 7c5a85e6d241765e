"""Repeats one row several times."""

from collections.abc import Mapping
from typing import Any

from core.fields import Whole
from core.layers._shapes import Shape
from core.layers._steps import need_row
from core.words import mark

LABEL = mark("Repeat vector")
HELP = mark("Repeats the row several times, as steps one after another.")
WHEN = mark("Take it where a single row should feed a layer that reads steps.")
MORE = mark("A larger number gives more steps, all of them the same.")
PICTURE = "repeat"
GROUP = "shaping"
KERAS = "RepeatVector"
INPUTS = (1, 1)
CODES = "passes"

# Keras has no default.
FIELDS = {
    "n": Whole(
        label=mark("Times"), low=1, high=100_000, default=2, main=True,
        help=mark("How often the row is repeated."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"n": 3}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(1,)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_row(shapes[0])
    return (fields["n"], *shapes[0])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
