"""Bends every number by itself, as a layer of its own."""

from collections.abc import Mapping
from typing import Any

from core.fields import Choice
from core.layers._activations import ACTIVATIONS, check_activation
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Activation")
HELP = mark("Bends each number, so that the layers after it can see more than straight lines.")
WHEN = mark("Take it where the bend should come after something else, such as after a normalization.")
MORE = mark(
    "The bends differ in how much of what is below zero comes through; with none at all, layers in a row can do no more than one."
)
PICTURE = "activation"
GROUP = "activation"
KERAS = "Activation"
INPUTS = (1, 1)

FIELDS = {
    "activation": Choice(
        label=mark("Bend"), options=ACTIVATIONS, default="relu", main=True,
        help=mark("The form of the bend; ReLU and GELU are good first choices."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"activation": name}, "shapes": [(6,)]} for name in ACTIVATIONS]
EXAMPLES += [{"fields": {"activation": "softmax"}, "shapes": [(4, 3)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    check_activation(fields["activation"], shapes[0])
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
