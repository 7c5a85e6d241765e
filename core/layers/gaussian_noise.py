"""Adds a little noise while training."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Noise")
HELP = mark(
    "Adds a little random noise to every number while training, so that small differences are not learned by heart."
)
GROUP = "guarding"
KERAS = "GaussianNoise"
INPUTS = (1, 1)

# Keras has no default.
FIELDS = {
    "stddev": Decimal(
        label=mark("Strength"), low=0.0, high=10.0, step=0.05, default=0.1, main=True,
        help=mark("How large the noise is, on the scale of the numbers that come in."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"stddev": 0.2}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
