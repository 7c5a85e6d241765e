"""Reads steps one after the other, with a lighter memory than LSTM."""

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

LABEL = mark("GRU")
HELP = mark("Reads steps one after the other and remembers, with fewer weights than an LSTM.")
WHEN = mark("Take it where an LSTM would fit but rows are few or training is slow.")
MORE = mark("More units remember more and take longer to train; most tables of steps need 32 to 128.")
PICTURE = "recurrent"
KERAS = "GRU"


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return weights_of("gru", fields["units"], shapes[0][-1])


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return operations_of("gru", fields["units"], shapes[0])


def held(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return held_by("gru", fields["units"], shapes[0])
