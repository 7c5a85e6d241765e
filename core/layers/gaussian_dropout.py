"""Shakes some numbers at random while training."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Shaking")
HELP = mark("Multiplies every number by a random amount near one while training; a gentler kind of dropout.")
GROUP = "guarding"
KERAS = "GaussianDropout"
INPUTS = (1, 1)

# Keras has no default.
FIELDS = {
    "rate": Decimal(
        label=mark("Strength"), low=0.0, high=0.95, step=0.05, default=0.1, main=True,
        help=mark("More makes it harder to learn rows by heart, and slower to learn at all."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"rate": 0.3}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
