"""A shelf: one thing each that can speak against a start. Before them, what a run will cost.

One file is one thing: `LABEL`, and `look(asked) -> list[Objection]`. Nothing here loads TensorFlow.
"""

from core.before._asked import Asked, asked
from core.before._cost import Cost
from core.before._objection import SEVERITIES, Change, Objection
from core.shelf import Shelf
from core.words import mark

__all__ = ["SEVERITIES", "SHELF", "Asked", "Change", "Cost", "Objection", "asked", "objections"]

SHELF = Shelf(__name__, mark("objection"))


def objections(asked: Asked) -> list[Objection]:
    """All that speaks against the start, the most serious first; with one that is `cannot` it cannot work."""
    found = [objection for name in SHELF for objection in SHELF[name].look(asked)]
    return sorted(found, key=lambda objection: SEVERITIES.index(objection.severity))
