"""For few rows: many small members, guarded against learning single rows by heart."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, check_all
from core.graph import Graph
from core.layers._sizes import by_rows
from core.templates import members_network
from core.templates.members_network import suits
from core.words import mark

__all__ = ["suits"]

LABEL = mark("For few rows")
HELP = mark("Many small networks that answer together: for tables of some dozens or hundreds of rows.")
MEMBERS, EMBEDDING = 32, 6
SIZE = ((300, 32), (None, 64))
DROPOUT = ((300, 0.4), (None, 0.3))
WEIGHT_DECAY = 1e-2
FIELDS: Fields = members_network.settings(EMBEDDING)


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    return members_network.network(facts, check_all(FIELDS, fields), automatic(facts))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    rows = facts["rows"]["train"]
    own = {"members": MEMBERS, "size": by_rows(SIZE, rows), "dropout": by_rows(DROPOUT, rows)}
    return {**members_network.automatic(facts), **own}


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {**members_network.training(facts), "weight_decay": WEIGHT_DECAY}
