"""Adds a little noise while training."""

from core.fields import Decimal
from core.layers._unchanged import INPUTS, output_shape, weights
from core.words import mark

__all__ = ["INPUTS", "output_shape", "weights"]

LABEL = mark("Gaussian noise")
HELP = mark(
    "Adds a little random noise to every number while training, so that small differences are not learned by heart."
)
WHEN = mark("Take it right behind an input whose numbers were measured with some error.")
MORE = mark(
    "More noise makes the network look at large differences only; too much hides what there is to learn."
)
PICTURE = "noise"
GROUP = "guarding"
KERAS = "GaussianNoise"

# Keras has no default.
FIELDS = {
    "stddev": Decimal(
        label=mark("Strength"), low=0.0, high=10.0, step=0.05, default=0.1, main=True,
        help=mark("How large the noise is, on the scale of the numbers that come in."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"stddev": 0.2}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]
