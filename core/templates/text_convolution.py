"""Filters that slide over a text and remember the strongest match of each: short phrases, wherever they stand.

Source: Kim, "Convolutional Neural Networks for Sentence Classification", EMNLP 2014.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _texts
from core.words import mark

LABEL = mark("Convolution over texts")
HELP = mark(
    "Learns short phrases of two to four words, wherever in the text they stand; for some thousands of texts."
)
PHRASES = (2, 3, 4)  # tokens
FIELDS: Fields = {
    **_texts.WIDTH,
    "filters": Whole(
        label=mark("Phrases looked for"), low=1, high=2_048, default=96, main=True,
        help=mark("How many phrases of each length it learns to look for."),
    ),
    **_texts.DROPOUT,
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether there are texts in tokens, and nothing else than what can stand beside them."""
    return _texts.suits(facts, _texts.TOKENS)


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}

    def inside(lead: str, source: str) -> list[Layer]:
        layers = [Layer(f"{lead}words", "embedding", (source,), {"output_dim": values["width"]})]
        for size in PHRASES:
            phrases = {
                "filters": values["filters"],
                "kernel_size": size,
                "padding": "same",
                "activation": "relu",
            }
            layers += [
                Layer(f"{lead}phrases_{size}", "conv_1d", (f"{lead}words",), phrases),
                Layer(f"{lead}strongest_{size}", "global_max_pooling_1d", (f"{lead}phrases_{size}",)),
            ]
        strongest = tuple(f"{lead}strongest_{size}" for size in PHRASES)
        return [*layers, Layer(f"{lead}found", "concatenate", strongest)]

    layers, ends = _texts.read(facts, _texts.TOKENS, inside)
    return Graph(_texts.network(facts, layers, ends, values["dropout"]))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {"dropout": max(_texts.automatic(facts)["dropout"], 0.5)}  # section 3.1


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _texts.training_values(facts, learning_rate=1e-3)
