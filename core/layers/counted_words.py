"""Adds up what the words of a text and their parts have been learned to say."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Decimal, Whole
from core.layers import embedding
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Counted words")
HELP = mark(
    "Learns numbers for every word, pair of words and run of letters, and adds up those that a text holds."
)
WHEN = mark("Take it right behind the input that lists a text's pieces; it learns fast and is hard to beat.")
MORE = mark(
    "More units can keep more meanings apart; for plain sorting, as many as there are answers will do."
)
PICTURE = "embedding"
GROUP = "learning"
KERAS = "CountedWords"
OWN = True
INPUTS = (1, 1)
CODES = "reads"

FIELDS = {
    "units": Whole(
        label=mark("Units"), low=1, high=4_096, default=64, main=True,
        help=mark("How many numbers come out for each text."),
    ),
    "rate": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, default=0.0,
        help=mark("Of the pieces of a text in each training step: no single word is to decide."),
    ),
    "input_dim": Whole(
        label=mark("Known pieces"), low=1, high=100_000_000, auto=True,
        help=mark("How many different pieces there are; follows from the texts that come in."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"input_dim": 60, "units": 8}, "shapes": [(16, 2)]},
    {"fields": {"input_dim": 7, "units": 1, "rate": 0.5}, "shapes": [(3, 2)]},
]

automatic = embedding.automatic


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    if len(shapes[0]) != 2 or shapes[0][1] != 2:
        raise GraphError(
            mark(
                "it reads lists of a text’s pieces, and {shape} comes in.",
                shape=" × ".join(map(str, shapes[0])),
            ),
            mark("Link it to the input that lists them, which is called after the column with “counts”."),
            mends=[Mend(mark("Make it “Dense” instead"), ({"do": "turn", "kind": "dense", "fields": {}},))],
        )
    return (fields["units"],)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return (fields["input_dim"] + 1) * fields["units"]


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return shapes[0][0] * fields["units"]
