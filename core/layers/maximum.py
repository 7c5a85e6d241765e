"""Takes the largest of several layers' numbers, place by place."""

from core.layers._merging import EXAMPLES, FIELDS, GROUP, INPUTS, output_shape, weights
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "output_shape", "weights"]

LABEL = mark("Maximum")
HELP = mark("Takes the largest of several layers' numbers, place by place.")
WHEN = mark("Take it where it is enough that one of several paths has found something.")
MORE = mark("Each further input can only raise the numbers.")
PICTURE = "merge"
KERAS = "Maximum"
