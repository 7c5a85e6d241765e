"""The end of every network: its size and its last bend follow from the task."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError
from core.fields import Fields
from core.layers._shapes import Shape, flat, sizes
from core.words import mark

LABEL = mark("Output")
HELP = mark("Gives the answer. Its size and form follow from what you want to know.")
WHEN = mark("Every network ends with exactly one.")
MORE = mark("Its size follows from what you want to know: one number, or one for each possible answer.")
PICTURE = "output"
GROUP = "ends"
KERAS = ""
INPUTS = (1, 1)
FIELDS: Fields = {}

EXAMPLES = [
    {"fields": {"units": 1, "activation": "sigmoid"}, "shapes": [(64,)]},
    {"fields": {"units": 7, "activation": "softmax"}, "shapes": [(33,)]},
    {"fields": {"units": 1, "activation": "linear"}, "shapes": [(1,)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Adds `units` and `activation`, which follow from the task and cannot be set."""
    return {**fields, "units": facts["output"]["units"], "activation": facts["output"]["activation"]}


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    if len(shapes[0]) != 1:
        raise GraphError(
            mark("it needs a plain row of numbers to answer from, but gets {sizes}.", sizes=sizes(shapes[0])),
            mark("Put a Flatten layer in front of it."),
            mends=[flat([0])],
        )
    return (fields["units"],)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return (shapes[0][-1] + 1) * fields["units"]
