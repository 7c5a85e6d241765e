"""Adds up what each item that somebody had says about all others, with weights that are solved exactly.

Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
"""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Decimal
from core.layers._made import Made
from core.layers._shapes import Shape
from core.layers._steps import need_row
from core.words import mark

LABEL = mark("Item to item")
HELP = mark(
    "Every item that somebody had speaks for or against every other one; how much is solved exactly, not learned step by step."
)
WHEN = mark("Take it right behind the input of all items that somebody had, where the order does not matter.")
MORE = mark("A stronger pull listens less to what few persons had together.")
PICTURE = "dense"
GROUP = "learning"
KERAS = "ItemToItem"
OWN = True
INPUTS = (1, 1)
TASK = "recommend"
FIELDS = {
    "strength": Decimal(
        label=mark("Pull towards zero"), low=0.0, high=1e7, step=10.0, default=0.0, main=True,
        help=mark("How strongly weights are kept small. With 0, the validation rows choose what is best."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(17,)]},
    {"fields": {"strength": 250.0}, "shapes": [(3,)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """It has no automatic fields.

    Raises:
        GraphError: Where nothing is to be recommended: then there are no items whose weights could be solved.
    """
    if facts.get("task", TASK) != TASK:
        raise GraphError(
            mark("it solves what items say about each other, and here nothing is recommended to anybody."),
            mark("Make it a Dense layer, which learns its weights."),
            mends=[Mend(mark("Make it “Dense” instead"), ({"do": "turn", "kind": "dense", "fields": {}},))],
        )
    return dict(fields)


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_row(shapes[0])
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return shapes[0][0] ** 2


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    return Made(KERAS, {"strength": fields["strength"]}, own=True)
