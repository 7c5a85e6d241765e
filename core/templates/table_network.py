"""Quick: all columns side by side, then a few steps of dense units."""

from collections.abc import Mapping
from typing import Any

from core.fields import check_all
from core.graph import Graph, Layer
from core.templates import _columns
from core.templates._sizes import training_values
from core.words import mark

LABEL = mark("Quick table network")
HELP = mark("A first answer within seconds: it looks at all columns together, in a few steps.")
FIELDS = _columns.FIELDS


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether it can read what was prepared."""
    return _columns.suits(facts)


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    values = _columns.chosen(facts, check_all(FIELDS, fields))
    layers = _columns.columns(facts, values.get("embedding"))
    layers += _columns.steps(layers[-1].name, values)
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return _columns.automatic(facts)


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return training_values(facts["rows"]["train"])
