"""Every number that comes in reaches every unit."""

from collections.abc import Mapping
from typing import Any

from core.fields import Choice, Switch, Whole
from core.layers._activations import ACTIVATIONS, check_activation
from core.layers._shapes import Shape
from core.layers._sizes import ANY_UNITS, UNITS, by_facts, fill_in
from core.words import mark

LABEL = mark("Dense")
HELP = mark("Looks for patterns: each unit weighs all the numbers that come in and sums them up.")
WHEN = mark("Take it for plain rows of numbers; two or three in a row are enough for most tables.")
MORE = mark("More units can see more patterns, take longer to train, and learn single rows by heart sooner.")
PICTURE = "dense"
GROUP = "learning"
KERAS = "Dense"
INPUTS = (1, 1)

FIELDS = {
    "units": Whole(
        label=mark("Units"), low=1, high=65_536, auto=True, main=True,
        help=mark("More units can see more patterns, and learn single rows by heart sooner."),
    ),
    # Keras leaves the bend out by default; without one, layers in a row can do no more than a single layer.
    "activation": Choice(
        label=mark("Bend"), options=ACTIVATIONS, default="relu", main=True,
        help=mark("How each sum is bent; without a bend, several layers can do no more than one."),
    ),
    "use_bias": Switch(
        label=mark("Own starting value"), default=True,
        help=mark("Gives each unit a number of its own that is added to its sum."),
    ),
    "kernel_initializer": Choice(
        label=mark("First weights"), default="glorot_uniform",
        options={
            "glorot_uniform": mark("Glorot, even"),
            "glorot_normal": mark("Glorot, bell-shaped"),
            "he_uniform": mark("He, even"),
            "he_normal": mark("He, bell-shaped"),
            "lecun_normal": mark("LeCun, bell-shaped"),
            "orthogonal": mark("Orthogonal"),
            "zeros": mark("Zero: it gives nothing until it has learned"),
        },
        help=mark("How the weights are drawn at random before training begins."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"units": 192}, "shapes": [(57,)]},
    {"fields": {"units": 3, "activation": "gelu", "use_bias": False}, "shapes": [(16, 8)]},
    {
        "fields": {"units": 5, "activation": "softmax", "kernel_initializer": "he_normal"},
        "shapes": [(4, 3, 2)],
    },
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `units`, from the number of training rows."""
    return fill_in(fields, "units", by_facts(UNITS, facts, ANY_UNITS))


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    shape = (*shapes[0][:-1], fields["units"])
    check_activation(fields["activation"], shape)
    return shape


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return (shapes[0][-1] + fields["use_bias"]) * fields["units"]
