"""Turns every number column into numbers that are learned."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError
from core.fields import Whole
from core.layers._shapes import Shape, sizes
from core.words import mark

LABEL = mark("Number embedding")
HELP = mark(
    "Gives every number column its own short list of learned numbers, so that its steps and bends are seen."
)
WHEN = mark("Take it right behind the input that brings the numbers.")
MORE = mark(
    "More numbers for each column can tell more of its stretches apart, and need more rows to be learned."
)
PICTURE = "embedding"
GROUP = "learning"
KERAS = "NumberEmbedding"
OWN = True
INPUTS = (1, 1)

FIELDS = {
    "output_dim": Whole(
        label=mark("Numbers per column"), low=1, high=512, default=12, main=True,
        help=mark("More numbers can tell more stretches of a column apart, and need more rows to be learned."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"output_dim": 4, "groups": [3, 1, 5]}, "shapes": [(9,)]},
    {"fields": {"output_dim": 1, "groups": [1]}, "shapes": [(1,)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Adds `groups`, how many numbers each column's recipe makes; it cannot be set."""
    part = facts["inputs"].get("numbers", {})
    return {**fields, "groups": list(part.get("groups") or [1] * sum(part.get("shape", [1])))}


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    groups = fields["groups"]
    if shapes[0] != (sum(groups),):
        raise GraphError(
            mark("it needs the numbers as the recipes make them, {count:,} in a row, but gets {sizes}.",
                 count=sum(groups), sizes=sizes(shapes[0])),
            mark("Put it right behind the input that brings the numbers."),
        )  # fmt: skip
    return (len(groups) * fields["output_dim"],)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return len(fields["groups"]) * (max(fields["groups"]) + 1) * fields["output_dim"]


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return len(fields["groups"]) * max(fields["groups"]) * fields["output_dim"]
