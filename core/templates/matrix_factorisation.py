"""Persons and items as short lists of numbers, whose product says how well they suit each other.

Sources: Koren, Bell and Volinsky, "Matrix Factorization Techniques for Recommender Systems", IEEE Computer 42 (2009); the
softmax over all items of Rendle, "Item Recommendation from Implicit Feedback", 2021, section 4.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _tastes
from core.words import mark

LABEL = mark("Persons and items")
HELP = mark(
    "Learns a few numbers for every person and every item: what is near suits. The classic one; new persons need a new training."
)
SOURCE = "person"
FIELDS: Fields = {
    "width": Whole(
        label=mark("Numbers per person and item"), low=1, high=1_024, auto=True, main=True,
        help=mark("More can tell tastes apart more finely, and need more rows to be learned."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, default=0.3, main=True,
        help=mark("More makes it harder to learn single persons by heart."),
    ),
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether items are to be recommended."""
    return _tastes.suits(facts, SOURCE)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {"width": _tastes.width(facts)}


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    layers = [
        Layer(SOURCE, "input", fields={"source": SOURCE}),
        Layer("taste", "embedding", (SOURCE,), {"output_dim": values["width"]}),
        Layer("row", "flatten", ("taste",)),
    ]
    if values["dropout"]:
        layers.append(Layer("some", "dropout", ("row",), {"rate": values["dropout"]}))
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    return _tastes.training_values(facts, learning_rate=1e-2, weight_decay=0.1)
