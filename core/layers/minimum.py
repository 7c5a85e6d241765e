"""Takes the smallest of several layers' numbers, place by place."""

from core.layers._merging import EXAMPLES, FIELDS, GROUP, INPUTS, output_shape, weights
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "output_shape", "weights"]

LABEL = mark("Minimum")
HELP = mark("Takes the smallest of several layers' numbers, place by place.")
WHEN = mark("Take it where all of several paths must have found something.")
MORE = mark("Each further input can only lower the numbers.")
PICTURE = "merge"
KERAS = "Minimum"
