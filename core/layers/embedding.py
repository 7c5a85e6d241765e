"""Turns the code of a category into numbers that are learned."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Switch, Whole
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Embedding")
HELP = mark("Gives every value of a category its own short list of numbers, learned while training.")
WHEN = mark("Take it for categories and words, which come in as codes that must not be calculated with.")
MORE = mark("More numbers for each value tell values apart more finely, and need more rows to be learned.")
PICTURE = "embedding"
GROUP = "learning"
KERAS = "Embedding"
INPUTS = (1, 1)
CODES = "reads"

FIELDS = {
    "output_dim": Whole(
        label=mark("Numbers per value"), low=1, high=4_096, default=8, main=True,
        help=mark("More numbers can tell more values apart, and need more rows to be learned."),
    ),
    "input_dim": Whole(
        label=mark("Known values"), low=1, high=100_000_000, auto=True,
        help=mark("How many different values there are; follows from the categories that come in."),
    ),
    "mask_zero": Switch(
        label=mark("Leave out padding"), default=False,
        help=mark("Layers behind it that can do so take no notice of code 0, which stands where a text has ended."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"input_dim": 60, "output_dim": 8}, "shapes": [(16,)]},
    {"fields": {"input_dim": 7, "output_dim": 1}, "shapes": [(3, 2)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `input_dim`: how many codes the part of the rows that feeds it can hold.

    Raises:
        GraphError: Where it was set too small for them.
    """
    if fields["input_dim"] is None:
        return {**fields, "input_dim": codes}
    if fields["input_dim"] < codes:
        raise GraphError(
            mark("“Known values” is {set:,}, but {codes:,} different values can come in.",
                 set=fields["input_dim"], codes=codes),
            mark("Set it to {codes:,} or leave it automatic.", codes=codes),
            mends=[Mend(mark("Back to automatic"), ({"do": "unset", "fields": ["input_dim"]},))],
        )  # fmt: skip
    return dict(fields)


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    return (*shapes[0], fields["output_dim"])


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return fields["input_dim"] * fields["output_dim"]
