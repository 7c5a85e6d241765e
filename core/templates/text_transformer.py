"""A small Transformer encoder: every word looks at every other one.

Source: Vaswani et al., "Attention Is All You Need", 2017, section 3 (encoder).
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _texts
from core.words import mark

LABEL = mark("Transformer for texts")
HELP = mark(
    "Every word looks at every other word: sees what belongs together at any distance; needs many texts."
)
FIELDS: Fields = {
    "width": Whole(
        label=mark("Numbers per word"), low=2, high=1_024, default=96, main=True,
        help=mark("More can keep more meanings apart, and need more texts to be learned."),
    ),
    "depth": Whole(
        label=mark("Transformer blocks"), low=1, high=24, default=2, main=True,
        help=mark("More blocks see more indirect connections between words."),
    ),
    "num_heads": Whole(
        label=mark("Heads"), low=1, high=64, default=4,
        help=mark("How many things each word looks for at once in the others."),
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
        words = {"output_dim": values["width"], "mask_zero": True}
        layers = [
            Layer(f"{lead}words", "embedding", (source,), words),
            Layer(f"{lead}places", "position_embedding", (f"{lead}words",)),
        ]
        for number in range(1, values["depth"] + 1):
            block = {"num_heads": values["num_heads"], "dropout": values["dropout"]}
            layers.append(Layer(f"{lead}block_{number}", "transformer_encoder", (layers[-1].name,), block))
        return [
            *layers,
            Layer(f"{lead}scale", "layer_normalization", (layers[-1].name,)),
            Layer(f"{lead}mean", "global_average_pooling_1d", (f"{lead}scale",)),
        ]

    layers, ends = _texts.read(facts, _texts.TOKENS, inside)
    return Graph(_texts.network(facts, layers, ends, values["dropout"]))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return _texts.automatic(facts)


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _texts.training_values(facts, learning_rate=1e-3)
