"""Multiplies the numbers of several layers, place by place."""

from core.layers._merging import EXAMPLES, FIELDS, GROUP, INPUTS, output_shape, weights
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "output_shape", "weights"]

LABEL = mark("Multiply")
HELP = mark("Multiplies the numbers of several layers, place by place, so that one can switch the other off.")
WHEN = mark("Take it to let one path decide how much of another comes through.")
MORE = mark("Each further input can switch the others off wherever it is near zero.")
PICTURE = "merge"
KERAS = "Multiply"
