"""Folds the same numbers into another form."""

from collections.abc import Mapping
from typing import Any

from core.errors import GraphError, Mend
from core.fields import Numbers
from core.layers._shapes import Shape, count, sizes
from core.words import mark

LABEL = mark("Reshape")
HELP = mark("Folds the same numbers into another form, such as a row of 12 into 3 × 4.")
WHEN = mark("Take it where the next layer needs another form, such as steps of several numbers.")
MORE = mark("More sizes give a form with more directions; the numbers themselves stay the same.")
PICTURE = "reshape"
GROUP = "shaping"
KERAS = "Reshape"
INPUTS = (1, 1)
CODES = "passes"

FIELDS = {
    "target_shape": Numbers(
        label=mark("New form"), low=-1, high=1_000_000, longest=6, default=[-1], main=True,
        help=mark("The sizes of the new form; one of them may be -1, which means whatever is left."),
    ),
}  # fmt: skip

EXAMPLES = [
    {"fields": {"target_shape": [3, 4]}, "shapes": [(12,)]},
    {"fields": {"target_shape": [-1, 2]}, "shapes": [(3, 4)]},
    {"fields": {}, "shapes": [(3, 4)]},
]


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    wanted, total = tuple(fields["target_shape"]), count(shapes[0])
    if 0 in wanted or any(size < -1 for size in wanted) or wanted.count(-1) > 1:
        raise GraphError(
            mark("“New form” is {sizes}.", sizes=sizes(wanted)),
            mark("Give whole numbers from 1, of which one may be -1, meaning whatever is left."),
            mends=[_folded(wanted, total)],
        )
    known = count(tuple(size for size in wanted if size > 0))
    if total % known or (-1 not in wanted and total != known):
        raise GraphError(
            mark(
                "{sizes} is {total:,} numbers, which do not fill {wanted}.",
                sizes=sizes(shapes[0]),
                total=total,
                wanted=sizes(wanted),
            ),
            mark("Choose sizes that multiply to {total:,}, or make one of them -1.", total=total),
            mends=[_folded(wanted, total)],
        )
    return tuple(total // known if size == -1 else size for size in wanted)


def _folded(wanted: Shape, total: int) -> Mend:
    """The wanted form with one size left open, or a plain row where no size can make it fit."""
    for place in reversed(range(len(wanted))):
        others = count(wanted[:place] + wanted[place + 1 :])
        if min((1, *wanted[:place], *wanted[place + 1 :])) > 0 and total % others == 0:
            fitting = [*wanted[:place], total // others, *wanted[place + 1 :]]
            break
    else:
        fitting = [-1]
    label = mark("Make it {sizes}", sizes=sizes(tuple(fitting) if fitting != [-1] else (total,)))
    return Mend(label, ({"do": "set", "fields": {"target_shape": fitting}},))


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 0
