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
POINTS = (
    "points"  # the bend of `core.tasks.best_answer`: there is nothing to weigh, only two points to compare
)
SCORES = "scores"  # the bend of `core.tasks.recommend`: a number for each item, at each step while it trains
MOST_SCORED, SAMPLED = (
    20_000,
    1_024,
)  # items up to which each step of training scores all, and how many it draws of more
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
    {"fields": {"units": 5, "activation": "softmax", "steps": 6}, "shapes": [(6, 9)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Adds `units`, `activation` and `steps`, which follow from the task and cannot be set.

    `steps` is how many answers a row gets, one at each of its steps; 0 where a row gets one answer.
    """
    wanted = facts["output"]
    return {
        **fields, "units": wanted["units"], "activation": wanted["activation"], "steps": wanted.get("steps", 0),
    }  # fmt: skip


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    if fields["activation"] == POINTS:
        return _two_points(shapes[0])
    if fields["activation"] == SCORES:
        return _scores(fields, shapes[0])
    if fields.get("steps"):
        return _at_each_step(fields, shapes[0])
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


def _two_points(shape: Shape) -> Shape:
    if len(shape) != 1 or shape[0] % 2:
        raise GraphError(
            mark("it needs the numbers of both towers side by side, as many of each, but gets {sizes}.", sizes=sizes(shape)),
            mark("Put a Concatenate layer in front of it: first the tower of the questions, then that of the answers."),
        )  # fmt: skip
    return shape


def _scores(fields: Mapping[str, Any], shape: Shape) -> Shape:
    """A score for each item, from one row of numbers or, of steps, from the last one."""
    if fields.get("average") or len(shape) > 2:
        raise GraphError(
            mark("it scores items by one row of numbers, or by one for each step, but gets {sizes}.", sizes=sizes(shape)),
            mark("Put a Flatten layer in front of it, and switch the averaging off."),
            mends=[flat([0])],
        )  # fmt: skip
    return (fields["units"],)


def _at_each_step(fields: Mapping[str, Any], shape: Shape) -> Shape:
    """Raises GraphError where there is not one row of numbers for each step that wants an answer."""
    if fields.get("average"):
        raise GraphError(
            mark("it answers at each step, and cannot average members beside that."),
            mark("Switch the averaging off."),
            mends=[Mend(mark("Switch the averaging off"), ({"do": "set", "fields": {"average": False}},))],
        )
    if len(shape) != 2 or shape[0] != fields["steps"]:
        raise GraphError(
            mark("it answers at each of {count:,} steps, and needs as many rows of numbers, but gets {sizes}.",
                 count=fields["steps"], sizes=sizes(shape)),
            mark("Feed it from a layer that keeps all steps, such as “{layer}”, and take out what joins or drops some.",
                 layer=mark("Transformer decoder")),
        )  # fmt: skip
    return (fields["steps"], fields["units"])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    if fields["activation"] == POINTS:
        return 0
    if fields["activation"] == SCORES:
        if shapes[0] == (fields["units"],):
            return 0
        return (shapes[0][-1] + 1 + bool(sampled(fields["units"]))) * fields["units"]
    members = 1 if fields.get("steps") else prod(shapes[0][:-1])  # all steps are answered by the same weights
    return members * (shapes[0][-1] + 1) * fields["units"]


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    """One dense layer; or one for each member and the average of what they say."""
    if fields["activation"] == POINTS:
        return Made("TwoPoints", {}, own=True)
    if fields["activation"] == SCORES:
        return Made("ItemScores", {"units": fields["units"], **sampled(fields["units"])}, own=True)
    arguments = {"units": fields["units"], "activation": fields["activation"]}
    return Made("AveragedAnswers", arguments, own=True) if fields.get("average") else Made("Dense", arguments)


def sampled(units: int) -> dict[str, int]:
    """How many items each step of training scores, as an argument of the layers that do; nothing where it scores all."""
    return {"sampled": SAMPLED} if units > MOST_SCORED else {}
