"""ReLU that lets a little of what is below zero through."""

from core.fields import Decimal
from core.layers._unchanged import INPUTS, output_shape, weights
from core.words import mark

__all__ = ["INPUTS", "output_shape", "weights"]

LABEL = mark("Leaky ReLU")
HELP = mark("Keeps what is above zero and lets a small share of what is below through.")
WHEN = mark("Take it where many units of a network with ReLU give nothing but zero.")
MORE = mark("A larger share lets more of what is below zero through; at 1 nothing is bent any more.")
PICTURE = "activation"
GROUP = "activation"
KERAS = "LeakyReLU"

FIELDS = {
    "negative_slope": Decimal(
        label=mark("Share below zero"), low=0.0, high=1.0, step=0.05, default=0.3, main=True,
        help=mark("How much of what is below zero is let through."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"negative_slope": 0.1}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]
