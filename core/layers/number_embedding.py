"""Turns every number column into numbers that are learned."""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.fields import Whole
from core.layers._shapes import Shape, need_row
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
    {"fields": {"output_dim": 4}, "shapes": [(9,)]},
    {"fields": {"output_dim": 1}, "shapes": [(1,)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Adds `groups`, how many numbers each column's recipe makes; it cannot be set."""
    return {**fields, "groups": list(facts.get("inputs", {}).get("numbers", {}).get("groups", ()))}


def from_shapes(fields: Mapping[str, Any], shapes: list[Shape]) -> dict[str, Any]:
    """Where it does not stand right behind the input that brings the numbers, each number counts as a column."""
    width = prod(shapes[0])
    return {**fields, "groups": fields["groups"] if sum(fields["groups"]) == width else [1] * width}


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_row(shapes[0])
    return (len(fields["groups"]) * fields["output_dim"],)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return len(fields["groups"]) * (max(fields["groups"]) + 1) * fields["output_dim"]


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return len(fields["groups"]) * max(fields["groups"]) * fields["output_dim"]
