"""Leaves out some numbers at random while training."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Dropout")
HELP = mark(
    "Leaves out a random share of the numbers in each training step, so that no single one is relied on."
)
GROUP = "guarding"
KERAS = "Dropout"
INPUTS = (1, 1)

FIELDS = {
    "rate": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, default=0.1, main=True,
        help=mark("More makes it harder to learn rows by heart, and slower to learn at all."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"rate": 0.3}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
