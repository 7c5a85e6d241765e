"""A dense layer with its norm, its bend and its guard."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.fields import Whole
from core.layers._blocks import ACTIVATION, CODES, DROPOUT, GROUP, KERAS, NORMALIZATION, chain, drop, norm
from core.layers._made import Part
from core.layers._shapes import Shape
from core.layers._sizes import ANY_DROPOUT, ANY_UNITS, UNITS, by_facts, fill_in
from core.layers._sizes import DROPOUT as RATES
from core.words import mark

__all__ = ["CODES", "GROUP", "KERAS"]

LABEL = mark("Dense block")
HELP = mark("Looks for patterns, keeps the sums in scale, bends them, and guards against learning by heart.")
WHEN = mark("Take one or more for tables, where you would else put four layers each time.")
MORE = mark(
    "More units can see more patterns; a larger share left out guards better against learning by heart."
)
PICTURE = "block"
INPUTS = (1, 1)

FIELDS = {
    "units": Whole(
        label=mark("Units"), low=1, high=65_536, auto=True, main=True,
        help=mark("More units can see more patterns, and learn single rows by heart sooner."),
    ),
    "activation": ACTIVATION,
    "normalization": NORMALIZATION,
    "rate": replace(DROPOUT, default=None, auto=True),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"units": 24, "rate": 0.1}, "shapes": [(57,)]},
    {
        "fields": {"units": 5, "normalization": "layer_normalization", "activation": "gelu", "rate": 0.0},
        "shapes": [(16, 8)],
    },
    {"fields": {"units": 3, "normalization": "none", "rate": 0.5}, "shapes": [(4, 3, 2)]},
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `units` and `rate`, from the number of training rows."""
    filled = fill_in(fields, "units", by_facts(UNITS, facts, ANY_UNITS))
    return fill_in(filled, "rate", by_facts(RATES, facts, ANY_DROPOUT))


def layers(fields: Mapping[str, Any], shapes: list[Shape]) -> tuple[Part, ...]:
    return tuple(
        chain(
            "in_1",
            ("dense", "dense", {"units": fields["units"], "activation": "linear"}),
            norm("norm", fields),
            ("bend", "activation", {"activation": fields["activation"]}),
            drop("dropout", fields["rate"]),
        )
    )
