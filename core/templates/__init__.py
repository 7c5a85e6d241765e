"""A shelf: ready-made graphs, sized from the facts about the data.

One file is one template: `LABEL`, `HELP`, `FIELDS`, `suits(facts) -> bool`, `graph(facts, fields) -> Graph`,
`automatic(facts) -> dict` with the values of its automatic fields, and `training(facts) -> dict` with those of
`core.spec.TRAINING`.
"""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("template"))
DEFAULT = "table_network"
