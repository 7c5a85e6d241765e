"""The network that most tutorials begin with: all pixels in a row, one hidden layer, the answer."""

from collections.abc import Mapping
from typing import Any

from core.fields import Whole, check_all
from core.graph import Graph, Layer
from core.templates import _pictures
from core.templates._pictures import VARIED, suits
from core.words import mark

__all__ = ["suits"]

LABEL = mark("Classic dense network")
HELP = mark(
    "The network of the tutorials: every pixel feeds every unit. Quick, good for small pictures such as digits."
)
FIELDS = {
    "units": Whole(
        label=mark("Units"), low=1, high=8_192, default=64, main=True,
        help=mark("More units can see more patterns, and learn single pictures by heart sooner."),
    ),
    **VARIED,
}  # fmt: skip


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}

    def inside(lead: str, before: str) -> list[Layer]:
        hidden = {"units": values["units"], "activation": "relu"}
        return [
            Layer(f"{lead}row", "flatten", (before,)),
            Layer(f"{lead}hidden", "dense", (f"{lead}row",), hidden),
        ]

    return _pictures.network(facts, values, inside)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {"augmentation": _pictures.automatic(facts)["augmentation"]}


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _pictures.training_values(facts, learning_rate=1e-3, weight_decay=1e-4)
