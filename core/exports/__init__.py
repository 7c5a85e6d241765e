"""A shelf: ways to take a model away, each with its proof."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("export"))
