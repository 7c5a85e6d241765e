"""Turns numbers into shares that add up to one."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Choice
from core.layers._shapes import Shape, sizes
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["INPUTS", "weights"]

LABEL = mark("Softmax")
HELP = mark("Turns numbers into shares that add up to one; the largest number gets by far the largest share.")
WHEN = mark("Take it to make a network choose, such as which steps to look at.")
MORE = mark("Along another size, other numbers share the one, such as the steps in place of the channels.")
PICTURE = "activation"
GROUP = "activation"
KERAS = "Softmax"

FIELDS = {
    "axis": Choice(
        label=mark("Along"), default=-1, main=True,
        options={-1: mark("the last size"), 1: mark("the first size"), 2: mark("the second size"), 3: mark("the third size")},
        help=mark("Along which size the shares add up to one."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(6,)]},
    {"fields": {"axis": 1}, "shapes": [(4, 3)]},
    {"fields": {"axis": 3}, "shapes": [(4, 3, 2)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    shape, axis = shapes[0], fields["axis"]
    place = axis - 1 if axis > 0 else len(shape) - 1  # Keras counts the rows as axis 0
    if place >= len(shape):
        raise GraphError(
            mark("“Along” names a size that the inputs do not have: they are {sizes}.", sizes=sizes(shape)),
            mark("Set it to the last size."),
            mends=[Mend(mark("Set it to the last size"), ({"do": "unset", "fields": ["axis"]},))],
        )
    if shape[place] == 1:
        turn = {"do": "turn", "kind": "activation", "fields": {"activation": "sigmoid"}}
        raise GraphError(
            mark("Softmax over a single number always answers 1."),
            mark("Use Sigmoid here, or more than one unit."),
            mends=[Mend(mark("Use Sigmoid here"), (turn,))],
        )
    return shape
