"""The default for tastes without times: a linear model from item to item, solved exactly.

Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (EASE), WWW 2019.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, check_all
from core.graph import Graph, Layer
from core.templates import _tastes
from core.words import mark

LABEL = mark("Item to item")
HELP = mark(
    "Solves exactly how much having one item speaks for each other one: ready in seconds, and hard to beat without times."
)
SOURCE = "had"
FIELDS: Fields = {
    "strength": Decimal(
        label=mark("Pull towards zero"), low=0.0, high=1e7, step=10.0, default=0.0, main=True,
        help=mark("How strongly weights are kept small. With 0, the validation rows choose what is best."),
    ),
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether items are to be recommended, and not too many to solve all their pairs."""
    return _tastes.suits(facts, SOURCE) and facts["tastes"]["items"] <= _tastes.MOST_LINEAR


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """It has no automatic fields."""
    return {}


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    return Graph((
        Layer(SOURCE, "input", fields={"source": SOURCE}),
        Layer("pairs", "item_to_item", (SOURCE,), {"strength": given["strength"]}),
        Layer("answer", "output", ("pairs",)),
    ))  # fmt: skip


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`; nothing is trained."""
    return _tastes.training_values(facts)
