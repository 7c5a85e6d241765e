"""Several layers that each learn one sort of row, and a gate that says whom to listen to.

Source: Jacobs et al., "Adaptive Mixtures of Local Experts", 1991: every expert answers, and the gate weighs them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.fields import Whole
from core.layers._blocks import ACTIVATION, CODES, GROUP, KERAS, chain
from core.layers._made import Part
from core.layers._shapes import Shape
from core.layers._sizes import ANY_UNITS, UNITS, by_facts, fill_in
from core.layers._steps import need_row
from core.words import mark

__all__ = ["CODES", "GROUP", "KERAS"]

LABEL = mark("Mixture of experts")
HELP = mark(
    "Several layers answer side by side, and a gate decides for each row how much each of them counts."
)
WHEN = mark(
    "Take it where rows are of different sorts that follow different rules, such as flats and office towers."
)
MORE = mark("More experts can follow more different rules, and each then has fewer rows to learn from.")
PICTURE = "experts"
INPUTS = (1, 1)

FIELDS = {
    "experts": Whole(
        label=mark("Experts"), low=2, high=32, default=4, main=True,
        help=mark("How many layers answer side by side."),
    ),
    "units": Whole(
        label=mark("Units"), low=1, high=65_536, auto=True, main=True,
        help=mark("How many numbers each expert gives; by itself, fewer the more experts there are."),
    ),
    "activation": replace(ACTIVATION, main=False),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"units": 6}, "shapes": [(57,)]},
    {"fields": {"units": 1, "experts": 2, "activation": "tanh"}, "shapes": [(3,)]},
    {"fields": {"units": 4, "experts": 7}, "shapes": [(1,)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `units`: those of a dense layer, shared among the experts."""
    return fill_in(fields, "units", max(8, by_facts(UNITS, facts, ANY_UNITS) // fields["experts"]))


def layers(fields: Mapping[str, Any], shapes: list[Shape]) -> tuple[Part, ...]:
    need_row(shapes[0])
    count, units = fields["experts"], fields["units"]
    gate = chain(
        "in_1",
        ("gate", "dense", {"units": count, "activation": "softmax"}),
        ("shares", "reshape", {"target_shape": [count, 1]}),
    )
    experts = [
        part
        for number in range(1, count + 1)
        for part in chain(
            "in_1",
            (f"expert_{number}", "dense", {"units": units, "activation": fields["activation"]}),
            (f"row_{number}", "reshape", {"target_shape": [1, units]}),
        )
    ]
    # Experts × units, one row for each expert; then the rows, weighed by the gate, are summed up.
    rows = tuple(f"row_{number}" for number in range(1, count + 1))
    table = Part("table", "concatenate", rows, {"axis": 1})
    mixed = Part("mixed", "dot", ("shares", "table"), {"axes": 1})
    return (*gate, *experts, table, mixed, *chain("mixed", ("row", "reshape", {"target_shape": [units]})))
