"""A deeper network for pictures, in which what was seen before goes on beside what is found.

Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Whole, check_all
from core.graph import Graph, Layer
from core.templates import _pictures
from core.templates._pictures import DROPOUT, VARIED, suits
from core.words import mark

__all__ = ["suits"]

LABEL = mark("Residual network")
HELP = mark("Deeper than the small network, for many pictures or fine differences; it takes longer.")
FIELDS = {
    "filters": Whole(
        label=mark("Patterns at first"), low=1, high=512, auto=True, main=True,
        help=mark("How many small patterns it looks for; after each halving of the picture twice as many."),
    ),
    "depth": _pictures.depth_field(
        mark("Blocks before each halving"),
        mark("More blocks can see finer patterns, and take longer."), default=1, high=8,
    ),
    **DROPOUT,
    **VARIED,
}  # fmt: skip


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}

    def inside(lead: str, before: str) -> list[Layer]:
        first = {"filters": values["filters"], "activation": "linear"}
        layers = [Layer(f"{lead}look", "conv_2d", (before,), first)]
        stages = _pictures.halvings(facts) + 1
        for stage in range(1, stages + 1):
            for number in range(1, values["depth"] + 1):
                units = {"units": values["filters"] * 2 ** (stage - 1)}
                layers.append(
                    Layer(f"{lead}block_{stage}_{number}", "residual_block", (layers[-1].name,), units)
                )
            if stage < stages:
                layers.append(Layer(f"{lead}smaller_{stage}", "max_pooling_2d", (layers[-1].name,)))
        return [*layers, Layer(f"{lead}everywhere", "global_average_pooling_2d", (layers[-1].name,))]

    return _pictures.network(facts, values, inside)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    small = max(_pictures.size(facts)) <= 40
    return {"filters": 32 if small else 16, **_pictures.automatic(facts)}


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _pictures.training_values(facts, learning_rate=2e-3, weight_decay=1e-3)
