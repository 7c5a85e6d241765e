"""Adds the numbers of several layers, place by place."""

from core.layers._merging import EXAMPLES, FIELDS, GROUP, INPUTS, output_shape, weights
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "output_shape", "weights"]

LABEL = mark("Add")
HELP = mark(
    "Adds the numbers of several layers, place by place; a straight path around other layers trains well."
)
KERAS = "Add"
