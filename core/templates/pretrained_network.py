"""For few pictures: a network that has seen a million others tells what it sees, and only the answer is learned.

Source: Kornblith, Shlens and Le, "Do Better ImageNet Models Transfer Better?", CVPR 2019; Yosinski et al., NeurIPS 2014.
"""

from collections.abc import Mapping
from math import ceil
from typing import Any

from core import pretrained
from core.backbones import DEFAULT
from core.fields import check_all
from core.graph import Graph, Layer
from core.layers import SHELF as LAYERS
from core.layers._sizes import by_rows
from core.templates import _pictures
from core.templates._pictures import DROPOUT, VARIED, suits
from core.words import mark

__all__ = ["suits"]

LABEL = mark("Pretrained network")
HELP = mark(
    "For few pictures: it has learned from a million photographs what to look for, and learns only your answer."
)
LEAST = 96  # places on the longer side; what it has learned hardly shows in smaller pictures
RATES_LEFT_OUT = ((1_000, 0.4), (None, 0.2))
# Coloured pictures that are not tiny look like those that it has learned from. With more of them, learning everything
# anew takes over; and each look at all of them takes longer.
FEW, LEAST_TO_PROMISE = 5_000, 48
FIELDS = {
    "network": LAYERS["backbone"].FIELDS["network"],
    "learns": LAYERS["backbone"].FIELDS["learns"],
    **DROPOUT,
    **VARIED,
}


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    chosen = {"network": values["network"], "learns": values["learns"]}
    height, width = _pictures.size(facts)
    factor = ceil(LEAST / max(height, width))

    def inside(lead: str, before: str) -> list[Layer]:
        layers = []
        if factor > 1:
            size = {"height": height * factor, "width": width * factor}
            layers.append(Layer(f"{lead}larger", "resizing", (before,), size))
            before = f"{lead}larger"
        return [
            *layers,
            Layer(f"{lead}pretrained", "backbone", (before,), chosen),
            Layer(f"{lead}everywhere", "global_average_pooling_2d", (f"{lead}pretrained",)),
            Layer(f"{lead}scale", "layer_normalization", (f"{lead}everywhere",)),
        ]

    return _pictures.network(facts, values, inside)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {
        "dropout": by_rows(RATES_LEFT_OUT, facts["rows"]["train"]),
        "augmentation": _pictures.automatic(facts)["augmentation"],
    }


def promises(facts: Mapping[str, Any]) -> bool:
    """Whether it is the one to begin with: for few coloured pictures, where its weights lie on this machine."""
    if not suits(facts):
        return False
    coloured = all(facts["inputs"][source]["shape"][2] == 3 for source in _pictures.sources(facts))
    fitting = facts["rows"]["train"] <= FEW and max(_pictures.size(facts)) >= LEAST_TO_PROMISE
    return coloured and fitting and pretrained.find(DEFAULT) is not None


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _pictures.training_values(facts, learning_rate=1e-3, weight_decay=1e-2)
