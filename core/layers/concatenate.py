"""Lays several inputs side by side."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Choice
from core.layers._shapes import MANY, Shape, flat, sizes
from core.words import mark

LABEL = mark("Concatenate")
HELP = mark("Lays the numbers of several layers side by side.")
WHEN = mark(
    "Take it where different paths have found different things, and the next layer should see all of them."
)
MORE = mark("Each further input makes the row wider, and the layer after it larger.")
PICTURE = "concatenate"
GROUP = "merging"
KERAS = "Concatenate"
INPUTS = (2, MANY)
CODES = "passes"

FIELDS = {
    "axis": Choice(
        label=mark("Along"), default=-1, main=True,
        options={-1: mark("the last size"), 1: mark("the first size"), 2: mark("the second size"), 3: mark("the third size")},
        help=mark("Which size grows when the inputs have several; all other sizes must be equal."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(57,), (16,), (1,)]},
    {"fields": {"axis": 1}, "shapes": [(3, 8), (5, 8)]},
    {"fields": {"axis": 2}, "shapes": [(3, 8), (3, 1)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    first, axis = shapes[0], fields["axis"]
    # Keras counts the batch as axis 0.
    place = axis - 1 if axis > 0 else len(first) + axis
    folded = [number for number, shape in enumerate(shapes) if len(shape) > 1]
    if any(len(shape) != len(first) for shape in shapes):
        raise GraphError(
            mark("what comes in has different forms: {all}.", all=[sizes(s) for s in shapes[:6]]),
            mark("Put a Flatten layer in front of those that are not plain rows."),
            mends=[flat(folded)],
        )
    if place >= len(first):
        raise GraphError(
            mark("“Along” names a size that the inputs do not have: they are {sizes}.", sizes=sizes(first)),
            mark("Set it to the last size."),
            mends=[Mend(mark("Set it to the last size"), ({"do": "unset", "fields": ["axis"]},))],
        )
    if len({shape[:place] + shape[place + 1 :] for shape in shapes}) > 1:
        raise GraphError(
            mark(
                "only one size may differ, but these come in: {all}.",
                all=[sizes(s) for s in shapes[:6]],
            ),
            mark("Make the other sizes equal, or put a Flatten layer in front of each."),
            mends=[flat(folded)],
        )
    return (*first[:place], sum(shape[place] for shape in shapes), *first[place + 1 :])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
