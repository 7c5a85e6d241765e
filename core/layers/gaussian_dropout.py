"""Shakes some numbers at random while training."""

from core.fields import Decimal
from core.layers._unchanged import INPUTS, output_shape, weights
from core.words import mark

__all__ = ["INPUTS", "output_shape", "weights"]

LABEL = mark("Gaussian dropout")
HELP = mark("Multiplies every number by a random amount near one while training; a gentler kind of dropout.")
WHEN = mark("Take it in place of dropout where leaving numbers out completely is too rough.")
MORE = mark("More strength guards better against learning by heart, and slows learning down.")
PICTURE = "noise"
GROUP = "guarding"
KERAS = "GaussianDropout"

# Keras has no default.
FIELDS = {
    "rate": Decimal(
        label=mark("Strength"), low=0.0, high=0.95, step=0.05, default=0.1, main=True,
        help=mark("More makes it harder to learn rows by heart, and slower to learn at all."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"rate": 0.3}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]
