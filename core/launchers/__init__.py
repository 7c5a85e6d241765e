"""A shelf: where a run executes."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("launcher"))
