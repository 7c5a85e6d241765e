"""Multiplies two layers and sums up: how well they agree."""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Choice, Switch
from core.layers._shapes import Shape, flat, sizes
from core.words import mark

LABEL = mark("Dot product")
HELP = mark("Multiplies the numbers of two layers in pairs and sums them up: how well the two agree.")
WHEN = mark("Take it to compare two descriptions, such as of a customer and of a product.")
MORE = mark("Normalized, only the direction counts, and the result lies between -1 and 1.")
PICTURE = "merge"
GROUP = "merging"
KERAS = "Dot"
INPUTS = (2, 2)

# Keras has no default for the axes.
FIELDS = {
    "axes": Choice(
        label=mark("Along"), default=-1, main=True,
        options={-1: mark("the last size"), 1: mark("the first size"), 2: mark("the second size")},
        help=mark("Which size of both inputs is summed up; it must be equal in both."),
    ),
    "normalize": Switch(
        label=mark("Normalize"), default=False,
        help=mark("Brings both to the length one first, which gives the cosine of the angle between them."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(8,), (8,)]},
    {"fields": {"normalize": True}, "shapes": [(4, 3), (5, 3)]},
    {"fields": {"axes": 1}, "shapes": [(4, 3), (4, 2)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    first, second = shapes
    if len(first) != len(second) or len(first) > 2:
        raise GraphError(
            mark("it needs two plain rows, or two inputs of steps, but gets {first} and {second}.",
                 first=sizes(first), second=sizes(second)),
            mark("Put a Flatten layer in front of both."),
            mends=[flat([place for place, shape in enumerate(shapes) if len(shape) > 1])],
        )  # fmt: skip
    place = _place(fields, first)
    if place >= len(first):
        raise GraphError(
            mark("“Along” names a size that the inputs do not have: they are {sizes}.", sizes=sizes(first)),
            mark("Set it to the last size."),
            mends=[Mend(mark("Set it to the last size"), ({"do": "unset", "fields": ["axes"]},))],
        )
    if first[place] != second[place]:
        raise GraphError(
            mark("it gets {first} numbers from one side and {second} from another.",
                 first=sizes(first), second=sizes(second)),
            mark("Make the size that is summed up equal in both, such as with a Dense layer."),
            mends=_projected(place, first, second),
        )  # fmt: skip
    return tuple(size for shape in shapes for i, size in enumerate(shape) if i != place) or (1,)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return prod(output_shape(fields, shapes)) * shapes[0][_place(fields, shapes[0])]


def _place(fields: Mapping[str, Any], shape: Shape) -> int:
    """Keras counts the rows as axis 0."""
    return fields["axes"] - 1 if fields["axes"] > 0 else len(shape) - 1


def _projected(place: int, first: Shape, second: Shape) -> list[Mend]:
    if place != len(first) - 1:
        return []
    step = {
        "do": "insert", "kind": "dense", "input": 1, "fields": {"units": first[place], "activation": "linear"},
    }  # fmt: skip
    return [
        Mend(mark("Bring the second to {width:,} numbers with a Dense layer", width=first[place]), (step,))
    ]
