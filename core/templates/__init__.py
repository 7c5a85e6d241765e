"""A shelf: ready-made graphs, sized from the facts about the data."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("template"))
