"""Takes the mean of several layers, place by place."""

from core.layers._merging import EXAMPLES, FIELDS, GROUP, INPUTS, output_shape, weights
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "output_shape", "weights"]

LABEL = mark("Average")
HELP = mark("Takes the mean of several layers, place by place.")
KERAS = "Average"
