"""Layers of a drawing that the user has made one block."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError
from core.fields import Text
from core.layers._made import Part
from core.layers._parts import MOST_INPUTS, Parts, inputs_of
from core.layers._shapes import Shape
from core.words import mark

LABEL = mark("Own block")
HELP = mark("Layers that you have put together; opening it shows them.")
WHEN = mark("Use it where the same few layers come again and again, or to keep a large drawing easy to read.")
MORE = mark(
    "It does exactly what its layers do; what more or less of something changes, their own cards say."
)
PICTURE = "block"
GROUP = "blocks"
KERAS = ""
INPUTS = (1, MOST_INPUTS)

FIELDS = {
    "title": Text(
        label=mark("Title"), default="Own block", main=True, help=mark("What you call the block."),
    ),
    "parts": Parts(
        label=mark("Layers"), help=mark("The layers that it holds; open the block to change them."),
        default=[{"name": "same", "kind": "activation", "inputs": ["in_1"], "fields": {"activation": "linear"}}],
    ),
}  # fmt: skip

_TWO = [
    {"name": "first", "kind": "dense", "inputs": ["in_1"], "fields": {"units": 6}},
    {"name": "both", "kind": "add", "inputs": ["first", "in_2"], "fields": {}},
]
_NESTED = [{"name": "inner", "kind": "own_block", "inputs": ["in_2", "in_1"], "fields": {"parts": _TWO}}]
EXAMPLES = [
    {"fields": {}, "shapes": [(57,)]},
    {"fields": {"title": "Two ways", "parts": _TWO}, "shapes": [(57,), (6,)]},
    {"fields": {"parts": _NESTED}, "shapes": [(6,), (5,)]},
]


def layers(fields: Mapping[str, Any], shapes: list[Shape]) -> tuple[Part, ...]:
    needed = inputs_of(fields["parts"])
    if needed != len(shapes):
        raise GraphError(
            mark("it needs one layer that feeds it, and has {got}.",
                 plural="it needs exactly {count} layers that feed it, and has {got}.", count=needed, got=len(shapes)),
            mark("Draw or remove links to it."),
        )  # fmt: skip
    return tuple(
        Part(part["name"], part["kind"], tuple(part["inputs"]), part["fields"]) for part in fields["parts"]
    )
