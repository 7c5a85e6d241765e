"""Reads steps one after the other, with the simplest memory."""

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

LABEL = mark("Simple RNN")
HELP = mark("Reads steps one after the other and remembers what came shortly before.")
WHEN = mark("Take it for short sequences, or to compare; LSTM and GRU remember for longer.")
MORE = mark("More units remember more, but the oldest steps are soon forgotten whatever their number.")
PICTURE = "recurrent"
KERAS = "SimpleRNN"


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return weights_of("simple_rnn", fields["units"], shapes[0][-1])


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return operations_of("simple_rnn", fields["units"], shapes[0])


def held(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return held_by("simple_rnn", fields["units"], shapes[0])
