"""Leaves out some numbers at random while training."""

from core.layers._dropping import FIELDS, automatic
from core.layers._unchanged import INPUTS, output_shape, weights
from core.words import mark

__all__ = ["FIELDS", "INPUTS", "automatic", "output_shape", "weights"]

LABEL = mark("Dropout")
HELP = mark(
    "Leaves out a random share of the numbers in each training step, so that no single one is relied on."
)
WHEN = mark(
    "Take it behind dense layers when the answers are much better for rows seen in training than for others."
)
MORE = mark(
    "A larger share guards better against learning by heart; too large, and little is learned at all."
)
PICTURE = "dropout"
GROUP = "guarding"
KERAS = "Dropout"

EXAMPLES = [{"fields": {"rate": 0.3}, "shapes": [(57,)]}, {"fields": {}, "shapes": [(16, 8)]}]
