"""For few texts: a network that has read texts of sixteen languages says what each means, and only the answer is learned."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, Whole, check_all
from core.graph import Graph, Layer
from core.layers import SHELF as LAYERS
from core.templates import _sizes, _texts
from core.words import mark

LABEL = mark("Meaning of texts")
HELP = mark(
    "For few texts: it has read texts of sixteen languages and knows what they mean; it learns only your answer."
)
UNITS = 64
FIELDS: Fields = {
    "learns": LAYERS["sentence_encoder"].FIELDS["learns"],
    "units": Whole(
        label=mark("Units"), low=0, high=4_096, default=UNITS, main=True,
        help=mark("How many patterns of meaning it looks for before it answers; 0 answers from the meaning as it is."),
    ),
    **_texts.DROPOUT,
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether there are texts and the encoder that reads them, and nothing else than what can stand beside them."""
    return _texts.suits(facts, _texts.MEANING)


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    layers, ends = meant(facts, values["learns"], values["units"], values["dropout"])
    return Graph(_texts.network(facts, layers, ends, values["dropout"]))


def meant(facts: Mapping[str, Any], learns: str, units: int, dropout: float) -> tuple[list[Layer], list[str]]:
    """Layers that tell the meaning of each column of texts, and those that end in a plain row."""

    def inside(lead: str, source: str) -> list[Layer]:
        # The 512 numbers have length 1: scaled to be about as large as those of other columns.
        layers = [
            Layer(f"{lead}encoder", "sentence_encoder", (source,), {"learns": learns}),
            Layer(f"{lead}scaled", "rescaling", (f"{lead}encoder",), {"scale": 512**0.5}),
        ]
        if units:
            if dropout:
                layers.append(Layer(f"{lead}some", "dropout", (layers[-1].name,), {"rate": dropout}))
            dense = {"units": units, "activation": _sizes.ACTIVATION}
            layers.append(Layer(f"{lead}patterns", "dense", (layers[-1].name,), dense))
        return layers

    return _texts.read(facts, _texts.MEANING, inside)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return _texts.automatic(facts)


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _texts.training_values(facts, learning_rate=1e-3, **_texts.as_a_whole(facts, many=1e-2))
