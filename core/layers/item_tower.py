"""Every item by what is known of it: the second of two towers, whose points the first one's are held against.

Source: Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019.
"""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Decimal, Whole
from core.layers._made import Made
from core.layers._shapes import Shape, flat, sizes
from core.layers.output import sampled
from core.words import mark

LABEL = mark("Items by their facts")
HELP = mark(
    "Holds what it is told of a person against every item, which it knows by its facts and by who had it."
)
WHEN = mark("Take it right before the output, where something is known of the items to recommend.")
MORE = mark("What it learns from facts goes for new items too, which nobody had yet.")
PICTURE = "dense"
GROUP = "learning"
KERAS = "ItemTower"
OWN = True
INPUTS = (1, 1)
TASK = "recommend"
FIELDS = {
    "units": Whole(
        label=mark("Numbers in between"), low=0, high=4_096, default=64, main=True,
        help=mark("How many numbers a first layer makes of the facts. With 0, there is no such layer."),
    ),
    "left_out": Decimal(
        label=mark("Share met as new"), low=0.0, high=0.95, step=0.05, default=0.3, main=True,
        help=mark("So many items are met by their facts alone in each step, so that new ones are known by them."),
    ),
    "items": Whole(
        label=mark("Items"), low=1, high=100_000_000, auto=True,
        help=mark("How many different ones there are; follows from the data."),
    ),
    "facts": Whole(
        label=mark("Facts"), low=0, high=1_000_000, auto=True,
        help=mark("How many numbers are known of each item; follows from the data."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"items": 7, "facts": 5}, "shapes": [(16,)]},
    {"fields": {"items": 9, "facts": 3, "units": 0, "left_out": 0.0}, "shapes": [(8,)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `items` and `facts`, which follow from the data and cannot be set.

    Raises:
        GraphError: Where nothing is to be recommended, or nothing is known of the items.
    """
    known = facts.get("tastes", {}).get("item_facts", 0)
    if facts.get("task", TASK) != TASK or (not known and "tastes" in facts):
        raise GraphError(
            mark("it knows items by their facts, and here there are none."),
            mark("Bring a table with facts about the items, or take this layer out."),
            mends=[Mend(mark("Make it “Dense” instead"), ({"do": "turn", "kind": "dense", "fields": {}},))],
        )
    if "tastes" not in facts:
        return {**fields, "items": fields["items"] or 1, "facts": fields["facts"] or 0}
    return {**fields, "items": facts["output"]["units"], "facts": known}


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    if len(shapes[0]) > 2:
        raise GraphError(
            mark("it needs a plain row of numbers, or steps of such rows, but gets {sizes}.", sizes=sizes(shapes[0])),
            mark("Put a Flatten layer in front of it."),
            mends=[flat([0])],
        )  # fmt: skip
    return (fields["items"],)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    width, items, facts, units = shapes[0][-1], fields["items"], fields["facts"], fields["units"]
    inner = units or facts
    first = (facts + 1) * units if units else 0
    alone = items * (width + 1 + bool(sampled(items)))
    return items * facts + items + first + (inner + 1) * width + alone


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    width, items, facts, units = shapes[0][-1], fields["items"], fields["facts"], fields["units"]
    made = facts * units + units * width if units else facts * width
    return items * (made + 2 * width)


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    given = {name: fields[name] for name in ("items", "facts", "units", "left_out")}
    return Made(KERAS, {**given, **sampled(fields["items"])}, own=True)
