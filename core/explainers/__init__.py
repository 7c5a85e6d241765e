"""A shelf: ways to ask a model why."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("explainer"))
