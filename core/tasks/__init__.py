"""A shelf: kinds of question: target, last layer, loss, metrics and the form of an answer."""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("task"))
