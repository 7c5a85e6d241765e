"""Makes pictures larger or smaller at random while training."""

from core.layers._varying import EDGES, GROUP, INPUTS, MIXING, PICTURE, output_shape, strength, weights
from core.words import mark

__all__ = ["GROUP", "INPUTS", "PICTURE", "output_shape", "weights"]

LABEL = mark("Random zoom")
HELP = mark(
    "Moves pictures nearer or further away at random while training, so that one picture counts as several."
)
WHEN = mark("Take it where things may be near or far.")
MORE = mark("A larger share shows more pictures; too large, and what matters is cut off.")
KERAS = "RandomZoom"

FIELDS = {
    "height_factor": strength(
        mark("Largest change"), mark("As a share of the picture: 0.1 is up to a tenth nearer or further."), high=0.9,
    ),
    "fill_mode": EDGES,
    "interpolation": MIXING,
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(6, 5, 3)]},
    {"fields": {"height_factor": 0.4, "fill_mode": "wrap"}, "shapes": [(4, 4, 1)]},
]
