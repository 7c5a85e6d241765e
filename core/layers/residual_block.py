"""Two layers, and what came in added to what they found.

Source: He et al., "Deep Residual Learning for Image Recognition", 2016, section 3.2.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.errors import GraphError
from core.fields import Whole
from core.layers._blocks import (
    ACTIVATION,
    CODES,
    DROPOUT,
    GROUP,
    KERAS,
    NORMALIZATION,
    Step,
    chain,
    drop,
    norm,
)
from core.layers._made import Part
from core.layers._shapes import Shape, sizes
from core.layers._sizes import fill_in
from core.layers._steps import in_steps
from core.words import mark

__all__ = ["CODES", "GROUP", "KERAS"]

LABEL = mark("Residual block")
HELP = mark("Two layers look for patterns, and what they find is added to what came in, which is never lost.")
WHEN = mark(
    "Take several in a row where a network gets deep; each then only has to learn what is still missing."
)
MORE = mark(
    "More blocks in a row can see finer patterns, and still train, because there is a way around each."
)
PICTURE = "residual"
INPUTS = (1, 1)

FIELDS = {
    "units": Whole(
        label=mark("Units"), low=1, high=65_536, auto=True, main=True,
        help=mark("How many patterns it looks for; by itself, as many as numbers come in."),
    ),
    "activation": ACTIVATION,
    "normalization": NORMALIZATION,
    "dropout": replace(DROPOUT, default=0.0, main=False),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"units": 57}, "shapes": [(57,)]},
    {"fields": {"units": 5, "normalization": "layer_normalization", "dropout": 0.2}, "shapes": [(16, 8)]},
    {"fields": {"units": 4, "activation": "silu"}, "shapes": [(8, 6, 3)]},
    {"fields": {"units": 3, "normalization": "none"}, "shapes": [(5, 5, 3)]},
]


def from_shapes(fields: Mapping[str, Any], shapes: list[Shape]) -> dict[str, Any]:
    """Fills in `units`: as many as numbers come in, for each step or place."""
    return fill_in(fields, "units", shapes[0][-1])


def layers(fields: Mapping[str, Any], shapes: list[Shape]) -> tuple[Part, ...]:
    if len(shapes[0]) > 3:
        raise GraphError(
            mark("it needs rows, steps or pictures, but gets {sizes}.", sizes=sizes(shapes[0])),
            mark("Put a Reshape layer in front of it."),
            mends=[in_steps(shapes[0])],
        )
    found = chain(
        "in_1",
        _look("first", 3, fields, shapes[0]),
        norm("norm_1", fields),
        ("bend_1", "activation", {"activation": fields["activation"]}),
        drop("dropout", fields["dropout"]),
        _look("second", 3, fields, shapes[0]),
        norm("norm_2", fields),
    )
    around = "in_1"
    if fields["units"] != shapes[0][-1]:
        found += chain("in_1", _look("projection", 1, fields, shapes[0]))
        around = "projection"
    last = "second" if fields["normalization"] == "none" else "norm_2"
    bend = ("bend_2", "activation", {"activation": fields["activation"]})
    return (*found, Part("sum", "add", (around, last)), *chain("sum", bend))


def _look(name: str, kernel: int, fields: Mapping[str, Any], shape: Shape) -> Step:
    """A dense layer, or over pictures a convolution that sees `kernel` × `kernel` places."""
    if len(shape) < 3:
        return name, "dense", {"units": fields["units"], "activation": "linear"}
    return name, "conv_2d", {
        "filters": fields["units"], "kernel_size": [kernel, kernel], "padding": "same", "activation": "linear",
    }  # fmt: skip
