"""Multiplies every number and adds to it."""

from core.fields import Decimal
from core.layers._unchanged import INPUTS, output_shape, weights
from core.words import mark

__all__ = ["INPUTS", "output_shape", "weights"]

LABEL = mark("Rescaling")
HELP = mark("Multiplies every number by one amount and adds another, both fixed by you.")
WHEN = mark(
    "Take it behind an input whose numbers are very large or very small, such as 0 to 255 in pictures."
)
MORE = mark(
    "A larger factor spreads the numbers further apart; networks learn best when most lie between -1 and 1."
)
PICTURE = "rescale"
GROUP = "scaling"
KERAS = "Rescaling"

# Keras has no default for the scale.
FIELDS = {
    "scale": Decimal(
        label=mark("Multiply by"), low=-1e6, high=1e6, default=1.0, main=True,
        help=mark("What every number is multiplied by."),
    ),
    "offset": Decimal(
        label=mark("Then add"), low=-1e6, high=1e6, default=0.0,
        help=mark("What is added to every number afterwards."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"scale": 0.5, "offset": -1.0}, "shapes": [(57,)]},
    {"fields": {}, "shapes": [(16, 8)]},
]
