"""Mirrors pictures at random while training."""

from core.fields import Choice
from core.layers._varying import GROUP, INPUTS, PICTURE, output_shape, weights
from core.words import mark

__all__ = ["GROUP", "INPUTS", "PICTURE", "output_shape", "weights"]

LABEL = mark("Random flip")
HELP = mark("Mirrors pictures at random while training, so that one picture counts as several.")
WHEN = mark("Take it where a mirrored picture means the same, such as a cat, but not a letter.")
MORE = mark("Mirroring in both directions shows more pictures, also upside down.")
KERAS = "RandomFlip"

FIELDS = {
    # Keras mirrors in both directions by itself; few pictures mean the same upside down.
    "mode": Choice(
        label=mark("Direction"), default="horizontal", main=True,
        options={
            "horizontal": mark("Left and right"),
            "vertical": mark("Top and bottom"),
            "horizontal_and_vertical": mark("Both"),
        },
        help=mark("Which sides change places."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(6, 5, 3)]},
    {"fields": {"mode": "vertical"}, "shapes": [(4, 4, 1)]},
]
