"""Brings groups of channels to a common scale."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Decimal, Switch, Whole
from core.layers._shapes import Shape, count
from core.layers._sizes import fill_in
from core.words import mark

LABEL = mark("Group normalization")
HELP = mark("Brings groups of channels to a common scale, for each row by itself.")
WHEN = mark("Take it between convolutions in place of batch normalization when batches are small.")
MORE = mark("More groups treat the channels more separately; with one group, all of them share a scale.")
PICTURE = "normalize"
GROUP = "scaling"
KERAS = "GroupNormalization"
INPUTS = (1, 1)
MOST = 32  # Keras's own default, which not every number of channels can be divided by

FIELDS = {
    "groups": Whole(
        label=mark("Groups"), low=1, high=65_536, auto=True, main=True,
        help=mark("Into how many groups the channels are divided; the number of channels must be a multiple of it."),
    ),
    "epsilon": Decimal(
        label=mark("Smallest spread"), low=1e-7, high=1.0, step=0.001, default=0.001,
        help=mark("Keeps groups that hardly vary from being blown up."),
    ),
    "center": Switch(
        label=mark("Learn a shift"), default=True, help=mark("Lets training move each number up or down again."),
    ),
    "scale": Switch(
        label=mark("Learn a scale"), default=True, help=mark("Lets training stretch each number again."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"groups": 4}, "shapes": [(6, 5, 8)]},
    {"fields": {"groups": 3, "scale": False}, "shapes": [(57,)]},
    {"fields": {"center": False}, "shapes": [(16, 24)]},
]


def from_shapes(fields: Mapping[str, Any], shapes: list[Shape]) -> dict[str, Any]:
    """Fills in `groups`: as many as the channels can be divided into, up to `MOST`."""
    return fill_in(fields, "groups", _fitting(shapes[0][-1], MOST))


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    channels, groups = shapes[0][-1], fields["groups"]
    if channels % groups:
        fitting = _fitting(channels, groups)
        raise GraphError(
            mark(
                "its {channels:,} channels cannot be divided into {groups:,} equal groups.",
                channels=channels,
                groups=groups,
            ),
            mark("Set “Groups” to {fitting:,}, or leave it automatic.", fitting=fitting),
            mends=[
                Mend(
                    mark("Divide into {fitting:,} groups", fitting=fitting),
                    ({"do": "set", "fields": {"groups": fitting}},),
                )
            ],
        )
    return shapes[0]


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return shapes[0][-1] * (fields["center"] + fields["scale"])


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 3 * count(shapes[0])  # the spread, the division by it, and the learned scale


def _fitting(channels: int, most: int) -> int:
    """The largest number of equal groups that is not above `most`."""
    return next(groups for groups in range(min(channels, most), 0, -1) if channels % groups == 0)
