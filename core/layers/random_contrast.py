"""Makes pictures paler or stronger at random while training."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.layers import _varying
from core.layers._knobs import Pair
from core.layers._shapes import Shape
from core.layers._varying import GROUP, INPUTS, PICTURE, strength, weights
from core.words import mark

__all__ = ["GROUP", "INPUTS", "PICTURE", "weights"]

LABEL = mark("Random contrast")
HELP = mark(
    "Makes pictures paler or stronger at random while training, so that one picture counts as several."
)
WHEN = mark("Take it where pictures were taken in different light.")
MORE = mark("A larger share shows more pictures; too large, and they look like nothing real.")
KERAS = "RandomContrast"

FIELDS = {
    "factor": strength(
        mark("Largest change"), mark("0.1 is up to a tenth paler or stronger."),
    ),
    "value_range": Pair(
        label=mark("Darkest and brightest"), low=-1_000, high=65_535, default=[0, 255],
        help=mark("The numbers that stand for black and for full light: 0 and 255 in most files, 0 and 1 after Rescaling."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(6, 5, 3)]},
    {"fields": {"factor": 0.4, "value_range": [0, 1]}, "shapes": [(4, 4, 1)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    dark, bright = fields["value_range"]
    if dark >= bright:
        raise GraphError(
            mark("“Darkest and brightest” is {dark:,} and {bright:,}.", dark=dark, bright=bright),
            mark("Give the smaller number first, such as 0 and 255."),
            mends=[Mend(mark("Set it to 0 and 255"), ({"do": "unset", "fields": ["value_range"]},))],
        )  # fmt: skip
    return _varying.output_shape(fields, shapes)
