"""A shelf: kinds of layer, as data: settings, output shape and number of weights."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("layer kind"))
