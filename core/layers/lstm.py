"""Reads steps one after the other, with a memory that learns what to keep."""

from collections.abc import Mapping
from typing import Any

from core.layers._recurrent import (
    EXAMPLES,
    FIELDS,
    GROUP,
    INPUTS,
    automatic,
    held_by,
    operations_of,
    output_shape,
    weights_of,
)
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "automatic", "output_shape"]

LABEL = mark("LSTM")
HELP = mark("Reads steps one after the other and learns what to remember and what to forget.")
WHEN = mark(
    "Take it where the order of steps matters over long stretches, such as readings over time or words."
)
MORE = mark("More units remember more and take longer to train; most tables of steps need 32 to 128.")
PICTURE = "recurrent"
KERAS = "LSTM"


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return weights_of("lstm", fields["units"], shapes[0][-1])


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return operations_of("lstm", fields["units"], shapes[0])


def held(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return held_by("lstm", fields["units"], shapes[0])
