"""Turns pictures at random while training."""

from core.layers._varying import EDGES, GROUP, INPUTS, MIXING, PICTURE, output_shape, strength, weights
from core.words import mark

__all__ = ["GROUP", "INPUTS", "PICTURE", "output_shape", "weights"]

LABEL = mark("Random rotation")
HELP = mark("Turns pictures at random while training, so that one picture counts as several.")
WHEN = mark("Take it where a picture that is a little tilted means the same.")
MORE = mark("A larger share of a full turn shows more pictures; too large, and they look like nothing real.")
KERAS = "RandomRotation"

FIELDS = {
    "factor": strength(
        mark("Largest turn"), mark("In full turns, to either side: 0.1 is 36 degrees."),
    ),
    "fill_mode": EDGES,
    "interpolation": MIXING,
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(6, 5, 3)]},
    {"fields": {"factor": 0.25, "fill_mode": "constant", "interpolation": "nearest"}, "shapes": [(4, 4, 1)]},
]
