"""Does the same with every step."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Choice, Whole
from core.layers._activations import ACTIVATIONS, check_activation
from core.layers._made import Made
from core.layers._shapes import Shape, sizes
from core.layers._sizes import ANY_FILTERS, FILTERS, by_facts, fill_in
from core.layers._steps import need_steps
from core.words import mark

LABEL = mark("Time distributed")
HELP = mark("Applies one and the same layer to every step by itself.")
WHEN = mark(
    "Take it for films, or whenever every step is to be looked at in the same way before they are joined."
)
MORE = mark(
    "More units can see more in each step; the number of weights does not grow with the number of steps."
)
PICTURE = "time_distributed"
GROUP = "sequences"
KERAS = "TimeDistributed"
INPUTS = (1, 1)

FIELDS = {
    "layer": Choice(
        label=mark("Layer"), default="dense", main=True,
        options={"dense": mark("Dense"), "conv_2d": mark("Convolution over pictures, 3 × 3")},
        help=mark("What looks at each step: dense for rows of numbers, convolution where every step is a picture."),
    ),
    "units": Whole(
        label=mark("Units"), low=1, high=4_096, auto=True, main=True,
        help=mark("How many patterns are looked for in each step."),
    ),
    "activation": Choice(
        label=mark("Bend"), options=ACTIVATIONS, default="relu",
        help=mark("How each sum is bent; without a bend, several layers can do no more than one."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"units": 5}, "shapes": [(16, 8)]},
    {"fields": {"units": 4, "activation": "tanh"}, "shapes": [(3, 5, 2)]},
    {"fields": {"units": 3, "layer": "conv_2d"}, "shapes": [(2, 8, 6, 1)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `units`, from the number of training rows."""
    return fill_in(fields, "units", by_facts(FILTERS, facts, ANY_FILTERS))


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    bend = {"activation": fields["activation"]}
    if fields["layer"] == "conv_2d":
        inner = {"filters": fields["units"], "kernel_size": [3, 3], "padding": "same", **bend}
        return Made("TimeDistributed", {"layer": Made("Conv2D", inner)})
    return Made("TimeDistributed", {"layer": Made("Dense", {"units": fields["units"], **bend})})


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    if len(shapes[0]) == 1:
        need_steps(shapes[0])
    if fields["layer"] == "conv_2d" and len(shapes[0]) != 4:
        raise GraphError(
            mark("it needs steps that are pictures (steps × height × width × colours), but gets {sizes}.",
                 sizes=sizes(shapes[0])),
            mark("Set “Layer” to Dense, or bring pictures in."),
            mends=[Mend(mark("Set “Layer” to Dense"), ({"do": "set", "fields": {"layer": "dense"}},))],
        )  # fmt: skip
    shape = (*shapes[0][:-1], fields["units"])
    check_activation(fields["activation"], shape)
    return shape


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    seen = shapes[0][-1] * (9 if fields["layer"] == "conv_2d" else 1)
    return (seen + 1) * fields["units"]
