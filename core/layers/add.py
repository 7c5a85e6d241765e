"""Adds the numbers of several layers, place by place."""

from core.layers._merging import EXAMPLES, FIELDS, GROUP, INPUTS, output_shape, weights
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "output_shape", "weights"]

LABEL = mark("Add")
HELP = mark(
    "Adds the numbers of several layers, place by place; a straight path around other layers trains well."
)
WHEN = mark("Take it to lead a straight path around other layers, which lets deep networks train well.")
MORE = mark("Each further input is added on top, so the numbers grow larger.")
PICTURE = "merge"
KERAS = "Add"
