"""Moves pictures at random while training."""

from core.layers._varying import EDGES, GROUP, INPUTS, MIXING, PICTURE, output_shape, strength, weights
from core.words import mark

__all__ = ["GROUP", "INPUTS", "PICTURE", "output_shape", "weights"]

LABEL = mark("Random translation")
HELP = mark(
    "Moves pictures up, down and sideways at random while training, so that one picture counts as several."
)
WHEN = mark("Take it where things are not always in the middle.")
MORE = mark("A larger share shows more pictures; too large, and what matters is moved out of sight.")
KERAS = "RandomTranslation"

FIELDS = {
    "height_factor": strength(
        mark("Up and down"), mark("As a share of the height: 0.1 is up to a tenth."),
    ),
    "width_factor": strength(
        mark("Sideways"), mark("As a share of the width: 0.1 is up to a tenth."),
    ),
    "fill_mode": EDGES,
    "interpolation": MIXING,
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(6, 5, 3)]},
    {"fields": {"height_factor": 0.4, "width_factor": 0.0, "fill_mode": "nearest"}, "shapes": [(4, 4, 1)]},
]
