"""A text is read word by word, forwards and backwards, with a memory of what was read.

Source: Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997; the strongest of all steps instead of the last: Conneau
et al., EMNLP 2017.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Choice, Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _texts
from core.words import mark

LABEL = mark("Word by word, both ways")
HELP = mark(
    "Reads each text forwards and backwards with a memory of what was read: sees the order of words. Slow."
)
FIELDS: Fields = {
    "memory": Choice(
        label=mark("Memory"), default="lstm", main=True,
        options={"lstm": mark("LSTM (keeps more)"), "gru": mark("GRU (smaller and faster)")},
        help=mark("Which kind of memory it reads with."),
    ),
    **_texts.WIDTH,
    "units": Whole(
        label=mark("Units"), low=1, high=2_048, default=64, main=True,
        help=mark("How much it can remember, in each direction."),
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
    memory = {"cell": values["memory"], "units": values["units"], "return_sequences": True}

    def inside(lead: str, source: str) -> list[Layer]:
        return [
            Layer(f"{lead}words", "embedding", (source,), {"output_dim": values["width"]}),
            Layer(f"{lead}some_words", "spatial_dropout_1d", (f"{lead}words",), {"rate": values["dropout"]}),
            Layer(f"{lead}memory", "bidirectional", (f"{lead}some_words",), memory),
            Layer(f"{lead}strongest", "global_max_pooling_1d", (f"{lead}memory",)),
        ]

    layers, ends = _texts.read(facts, _texts.TOKENS, inside)
    return Graph(_texts.network(facts, layers, ends, values["dropout"]))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return _texts.automatic(facts)


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _texts.training_values(facts, learning_rate=2e-3)
