"""A shelf: one worry about a data set each: when it holds, what it says and the fix."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("check"))
