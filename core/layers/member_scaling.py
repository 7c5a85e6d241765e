"""Makes several members of one network."""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.fields import Whole
from core.layers._shapes import Shape, need_row
from core.words import mark

LABEL = mark("Members")
HELP = mark(
    "Makes several members of one network: each sees the row in its own scale, and all share the layers behind."
)
WHEN = mark(
    "Take it once, in front of the first dense layer of a table's network; the output then averages the members."
)
MORE = mark("More members answer more steadily and take longer to train; they add hardly any weights.")
PICTURE = "repeat"
GROUP = "learning"
KERAS = "MemberScaling"
OWN = True
INPUTS = (1, 1)

FIELDS = {
    "members": Whole(
        label=mark("Members"), low=2, high=256, default=8, main=True,
        help=mark("How many answers are averaged; 8 to 32 are usual."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"members": 8}, "shapes": [(57,)]},
    {"fields": {"members": 2}, "shapes": [(1,)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_row(shapes[0])
    return (fields["members"], *shapes[0])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return fields["members"] * prod(shapes[0])


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return fields["members"] * prod(shapes[0])
