"""A shelf: a file becomes a table of text, faithfully."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("reader"))
