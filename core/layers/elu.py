"""Bends what is below zero towards a floor that can be chosen."""

from core.fields import Decimal
from core.layers._unchanged import INPUTS, output_shape, weights
from core.words import mark

__all__ = ["INPUTS", "output_shape", "weights"]

LABEL = mark("ELU")
HELP = mark("Keeps what is above zero and bends what is below smoothly towards a floor.")
WHEN = mark("Take it in place of ReLU where training should go on also for numbers below zero.")
MORE = mark("A deeper floor lets more of what is below zero through.")
PICTURE = "activation"
GROUP = "activation"
KERAS = "ELU"

FIELDS = {
    "alpha": Decimal(
        label=mark("Depth of the floor"), low=0.0, high=10.0, step=0.1, default=1.0, main=True,
        help=mark("How far below zero the floor lies."),
    ),
}  # fmt: skip

EXAMPLES = [{"fields": {"alpha": 0.5}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]
