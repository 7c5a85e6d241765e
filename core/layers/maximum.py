"""Takes the largest of several layers' numbers, place by place."""

from core.layers._merging import EXAMPLES, FIELDS, GROUP, INPUTS, output_shape, weights
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "output_shape", "weights"]

LABEL = mark("Largest")
HELP = mark("Takes the largest of several layers' numbers, place by place.")
KERAS = "Maximum"
