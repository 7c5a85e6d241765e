"""The end of every network: its size and its last bend follow from the task."""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Switch
from core.layers._made import Made
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
FIELDS = {
    "average": Switch(
        label=mark("Average the members"), default=False, main=True,
        help=mark("Each member of the network answers by itself, and the answers are averaged."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"units": 1, "activation": "sigmoid"}, "shapes": [(64,)]},
    {"fields": {"units": 7, "activation": "softmax"}, "shapes": [(33,)]},
    {"fields": {"units": 1, "activation": "linear"}, "shapes": [(1,)]},
    {"fields": {"units": 3, "activation": "softmax", "average": True}, "shapes": [(8, 24)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Adds `units` and `activation`, which follow from the task and cannot be set."""
    return {**fields, "units": facts["output"]["units"], "activation": facts["output"]["activation"]}


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    if fields.get("average") and len(shapes[0]) != 2:
        raise GraphError(
            mark("it averages members, but what comes in is no row for each of them: {sizes}.", sizes=sizes(shapes[0])),
            mark("Put “{layer}” in front of the first dense layer, or switch the averaging off.", layer=mark("Members")),
            mends=[Mend(mark("Switch the averaging off"), ({"do": "set", "fields": {"average": False}},))],
        )  # fmt: skip
    if not fields.get("average") and len(shapes[0]) != 1:
        average = Mend(mark("Average the members"), ({"do": "set", "fields": {"average": True}},))
        raise GraphError(
            mark("it needs a plain row of numbers to answer from, but gets {sizes}.", sizes=sizes(shapes[0])),
            mark("Put a Flatten layer in front of it."),
            mends=[flat([0]), *([average] if len(shapes[0]) == 2 else [])],
        )
    return (fields["units"],)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return prod(shapes[0][:-1]) * (shapes[0][-1] + 1) * fields["units"]


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    """One dense layer, or one for each member and the average of what they say."""
    arguments = {"units": fields["units"], "activation": fields["activation"]}
    return Made("AveragedAnswers", arguments, own=True) if fields.get("average") else Made("Dense", arguments)
