"""What the convolutions share: their knobs, and the arithmetic of a window that is learned.

A window looks at a few places at once and is moved over all of them; over steps it has one direction, over pictures two.
"""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.fields import Choice, Field, Switch, Whole
from core.layers._activations import ACTIVATIONS, check_activation
from core.layers._knobs import Pair
from core.layers._pictures import need_picture
from core.layers._shapes import Shape
from core.layers._sizes import ANY_FILTERS, FILTERS, by_facts, fill_in
from core.layers._steps import need_steps
from core.layers._windows import check_gaps, padding_field, per_side, slide
from core.words import Sentence, mark

INPUTS = (1, 1)
STEPS, PICTURES = 1, 2  # directions in which the window moves
FILTERS_FIELD = Whole(
    label=mark("Filters"), low=1, high=8_192, auto=True, main=True,
    help=mark("How many different patterns it looks for; more can see more, and take longer."),
)  # fmt: skip
MULTIPLIER_FIELD = Whole(
    label=mark("Patterns per channel"), low=1, high=64, default=1,
    help=mark("How many patterns it looks for in each channel by itself."),
)  # fmt: skip


def knobs(rank: int, causal: bool = False, gaps: bool = True, **first: Field) -> dict[str, Field]:
    """The settings of a convolution; those given by name come first, before the window.

    Two defaults are ours and not Keras's: without a bend, convolutions in a row can do no more than one, and a window
    that stays inside makes each layer smaller until nothing is left.
    """
    found: dict[str, Field] = {
        **first,
        "kernel_size": _size(
            rank, 3, 999 if rank == STEPS else 99, main=True, label=mark("Size of the window"),
            help=mark("How many neighbours it looks at together; a larger one sees larger patterns."),
        ),
        "strides": _size(
            rank, 1, 99, label=mark("Step of the window"),
            help=mark("How far the window moves each time; 2 halves what comes out."),
        ),
        "padding": padding_field("same", causal),
        "dilation_rate": _size(
            rank, 1, 99, label=mark("Gaps in the window"),
            help=mark("Above 1, the window leaves out places in between and sees further."),
        ),
        "activation": Choice(
            label=mark("Bend"), options=ACTIVATIONS, default="relu", main=True,
            help=mark("How each sum is bent; without a bend, several layers can do no more than one."),
        ),
        "use_bias": Switch(
            label=mark("Own starting value"), default=True,
            help=mark("Gives each filter a number of its own that is added to its sum."),
        ),
    }  # fmt: skip
    return {name: field for name, field in found.items() if gaps or name != "dilation_rate"}


def _size(rank: int, default: int, high: int, label: Sentence, help: Sentence, main: bool = False) -> Field:
    if rank == STEPS:
        return Whole(label=label, help=help, low=1, high=high, default=default, main=main)
    return Pair(label=label, help=help, low=1, high=high, default=[default] * rank, main=main)


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `filters`, from the number of training rows."""
    return fill_in(fields, "filters", by_facts(FILTERS, facts, ANY_FILTERS))


def need(shape: Shape, rank: int) -> None:
    """Raises GraphError unless it is steps, or a picture."""
    (need_steps if rank == STEPS else need_picture)(shape)


def looked_at(fields: Mapping[str, Any], shape: Shape, rank: int, channels: int) -> Shape:
    """The shape after a window has moved over it and found so many channels. Raises GraphError."""
    need(shape, rank)
    check_gaps(fields, rank)
    found = (*slide(shape[:-1], fields, "kernel_size"), channels)
    check_activation(fields["activation"], found)
    return found


def kernel(fields: Mapping[str, Any], rank: int) -> int:
    """How many places the window looks at."""
    return prod(per_side(fields["kernel_size"], rank))
