"""What pooling kinds share: of each neighbourhood, one number remains."""

from collections.abc import Mapping
from math import prod
from typing import Any

from core.fields import Field, Whole
from core.layers._convolution import STEPS, need
from core.layers._knobs import Pair
from core.layers._shapes import Shape
from core.layers._windows import padding_field, per_side, slide
from core.words import mark

INPUTS = (1, 1)
SIZE = mark("Size of the window")
SIZE_HELP = mark("How many neighbours become one; 2 halves what comes out.")
MOVE = mark("Step of the window")
MOVE_HELP = mark("How far the window moves each time; by itself, as far as it is large.")


def knobs(rank: int) -> dict[str, Field]:
    """The settings of a pooling layer."""
    if rank == STEPS:
        size: Field = Whole(label=SIZE, help=SIZE_HELP, low=1, high=100_000, default=2, main=True)
        move: Field = Whole(label=MOVE, help=MOVE_HELP, low=1, high=100_000, auto=True)
    else:
        size = Pair(label=SIZE, help=SIZE_HELP, low=1, high=4_096, default=[2, 2], main=True)
        move = Pair(label=MOVE, help=MOVE_HELP, low=1, high=4_096, auto=True)
    return {"pool_size": size, "strides": move, "padding": padding_field("valid")}


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `strides`: windows lie side by side."""
    return {**fields, "strides": fields["pool_size"] if fields["strides"] is None else fields["strides"]}


def pooled(fields: Mapping[str, Any], shape: Shape, rank: int) -> Shape:
    """What comes out. Raises GraphError."""
    need(shape, rank)
    return (*slide(shape[:-1], fields, "pool_size"), shape[-1])


def operations(fields: Mapping[str, Any], shape: Shape, rank: int) -> int:
    """Each number that comes out has seen the whole window."""
    return prod(pooled(fields, shape, rank)) * prod(per_side(fields["pool_size"], rank))
