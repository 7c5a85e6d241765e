"""The default for pictures: windows that look for small patterns, then for larger ones in a smaller picture."""

from collections.abc import Mapping
from typing import Any

from core.fields import Whole, check_all
from core.graph import Graph, Layer
from core.templates import _pictures
from core.templates._pictures import DROPOUT, VARIED, suits
from core.words import mark

__all__ = ["suits"]

LABEL = mark("Small convolutional network")
HELP = mark("A solid start for any pictures: it finds edges first, then parts, then whole things.")
WIDEST = 256
FIELDS = {
    "filters": Whole(
        label=mark("Patterns at first"), low=1, high=512, auto=True, main=True,
        help=mark("How many small patterns it looks for; after each halving of the picture twice as many."),
    ),
    "units": Whole(
        label=mark("Units before the answer"), low=1, high=8_192, default=128,
        help=mark("More units can combine more of what was found, and learn single pictures by heart sooner."),
    ),
    **DROPOUT,
    **VARIED,
}  # fmt: skip


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}

    def inside(lead: str, before: str) -> list[Layer]:
        layers: list[Layer] = []
        for number in range(1, _pictures.halvings(facts) + 1):
            filters = min(values["filters"] * 2 ** (number - 1), max(WIDEST, values["filters"]))
            for name, kind, settings in (
                (f"look_{number}", "conv_2d", {"filters": filters, "activation": "relu"}),
                (f"look_again_{number}", "conv_2d", {"filters": filters, "activation": "relu"}),
                (f"smaller_{number}", "max_pooling_2d", {}),
            ):
                layers.append(Layer(f"{lead}{name}", kind, (before,), settings))
                before = layers[-1].name
        layers.append(Layer(f"{lead}row", "flatten", (before,)))
        units = {"units": values["units"], "activation": "relu"}
        return [*layers, Layer(f"{lead}combined", "dense", (f"{lead}row",), units)]

    return _pictures.network(facts, values, inside)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    small = max(_pictures.size(facts)) <= 40
    return {"filters": 32 if small else 16, **_pictures.automatic(facts)}


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _pictures.training_values(facts, learning_rate=1e-3, weight_decay=1e-4)
