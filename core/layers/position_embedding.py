"""Tells the layers behind it where in the sequence each step stands."""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.fields import Choice
from core.layers._shapes import Shape
from core.layers._steps import need_steps
from core.words import mark

LABEL = mark("Position embedding")
HELP = mark("Adds to every step numbers that say where it stands, because attention alone sees no order.")
WHEN = mark("Take it once, in front of the first attention or Transformer block.")
MORE = mark("Learned positions fit the data closely; waves need no weights and suit few rows or many steps.")
PICTURE = "position"
GROUP = "sequences"
KERAS = "PositionEmbedding"
OWN = True
INPUTS = (1, 1)

FIELDS = {
    "form": Choice(
        label=mark("Positions"), default="learned", main=True,
        options={"learned": mark("Learned"), "sinusoidal": mark("Waves of different lengths")},
        help=mark("Learned: one row of weights for each step. Waves: fixed sines and cosines, without weights."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(16, 8)]},
    {"fields": {"form": "sinusoidal"}, "shapes": [(5, 7)]},
    {"fields": {"form": "sinusoidal"}, "shapes": [(3, 1)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_steps(shapes[0])
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return prod(shapes[0]) if fields["form"] == "learned" else 0


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return prod(shapes[0])
