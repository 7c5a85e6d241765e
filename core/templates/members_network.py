"""The default for tables: several members of one network, whose answers are averaged."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _columns
from core.templates._sizes import training_values
from core.words import mark

LABEL = mark("Best for tables")
HELP = mark(
    "Several networks in one answer together: as good as it gets on most tables, and steadier than a single one."
)
FIELDS: Fields = {
    "members": Whole(
        label=mark("Members"), low=2, high=256, default=8, main=True,
        help=mark("How many answers are averaged; more answer more steadily and take longer to train."),
    ),
    **_columns.FIELDS,
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether it can read what was prepared."""
    return bool(facts["inputs"]) and set(facts["inputs"]) <= {"numbers", "categories"}


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    values = _columns.chosen(facts, check_all(FIELDS, fields))
    layers = _columns.columns(facts, values.get("embedding"))
    layers.append(Layer("members", "member_scaling", (layers[-1].name,), {"members": values["members"]}))
    layers += _columns.steps(layers[-1].name, values)
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,), {"average": True})))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return _columns.automatic(facts)


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return training_values(facts["rows"]["train"])
