"""A shelf: kinds of column: how a kind is recognised, and the recipe that turns its text into numbers."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("column kind"))
