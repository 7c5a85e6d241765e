"""A shelf: simple answers that a network has to beat, trained on the same rows."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("baseline"))
