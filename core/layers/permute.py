"""Changes the order of the sizes."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Numbers
from core.layers._made import Made
from core.layers._shapes import Shape, sizes
from core.layers._unchanged import INPUTS, weights
from core.words import mark

__all__ = ["INPUTS", "weights"]

LABEL = mark("Permute")
HELP = mark("Changes the order of the sizes, such as steps × numbers into numbers × steps.")
WHEN = mark("Take it where the next layer should look along the other direction.")
MORE = mark("Only the order changes; the numbers themselves stay the same.")
PICTURE = "permute"
GROUP = "shaping"
KERAS = "Permute"
CODES = "passes"

# Keras has no default.
FIELDS = {
    "dims": Numbers(
        label=mark("New order"), low=1, high=6, longest=6, default=[2, 1], main=True,
        help=mark("The old places of the sizes, counted from 1, in their new order."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {}, "shapes": [(5, 3)]},
    {"fields": {"dims": [3, 1, 2]}, "shapes": [(5, 4, 3)]},
    {"fields": {"dims": [1]}, "shapes": [(5,)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    shape, dims = shapes[0], fields["dims"]
    places = list(range(1, len(shape) + 1))
    if sorted(dims) != places:
        turned = places[::-1]
        shown = ", ".join(str(place) for place in turned)
        raise GraphError(
            mark(
                "“New order” does not name each of the {count} sizes of {sizes} once.",
                count=len(shape),
                sizes=sizes(shape),
            ),
            mark("Give the places from 1 to {count}, each once.", count=len(shape)),
            mends=[
                Mend(mark("Set it to {order}", order=shown), ({"do": "set", "fields": {"dims": turned}},))
            ],
        )
    return tuple(shape[place - 1] for place in dims)


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    return Made(KERAS, {"dims": tuple(fields["dims"])})
