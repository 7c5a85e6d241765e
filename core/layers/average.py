"""Takes the mean of several layers, place by place."""

from core.layers._merging import EXAMPLES, FIELDS, GROUP, INPUTS, output_shape, weights
from core.words import mark

__all__ = ["EXAMPLES", "FIELDS", "GROUP", "INPUTS", "output_shape", "weights"]

LABEL = mark("Average")
HELP = mark("Takes the mean of several layers, place by place.")
WHEN = mark("Take it where several paths look at the same thing and none should outvote the others.")
MORE = mark("The more inputs there are, the less a single one can move the result.")
PICTURE = "merge"
KERAS = "Average"
