"""For questions and their answers: one tower for each brings its texts to points, and what belongs together comes to lie close.

Sources: Gillick et al., "End-to-End Retrieval in Continuous Space", 2018; Yang et al., "Multilingual Universal Sentence
Encoder for Semantic Retrieval", ACL 2020.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole, check_all
from core.graph import Graph, Layer
from core.graph.towers import QUESTION, REPLY
from core.layers import SHELF as LAYERS
from core.templates import _sizes, _texts
from core.words import mark

LABEL = mark("Two towers")
HELP = mark(
    "One tower reads questions, the other answers. Both begin with the meaning of texts in sixteen languages and learn how your questions lead to your answers."
)
FIELDS: Fields = {
    "learns": LAYERS["sentence_encoder"].FIELDS["learns"],
    "units": Whole(
        label=mark("Units"), low=1, high=4_096, default=256, main=True,
        help=mark("How many patterns each tower looks for in the meaning, to move it towards what belongs to it."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, default=0.5, main=True,
        help=mark("More makes it harder to learn rows by heart, and slower to learn at all."),
    ),
}  # fmt: skip
WIDTH = 512
LEARNING_RATE, WEIGHT_DECAY = 1e-4, 1e-2


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether there are questions and answers."""
    return bool(_texts.sources(facts, QUESTION) and _texts.sources(facts, REPLY))


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    values = check_all(FIELDS, fields)
    layers, ends = [], []
    for view in (QUESTION, REPLY):
        tower = _tower(view, _texts.sources(facts, view), values)
        layers += tower
        ends.append(tower[-1].name)
    layers.append(Layer("side_by_side", "concatenate", tuple(ends)))
    return Graph((*layers, Layer("answer", "output", ("side_by_side",))))


def _tower(lead: str, sources: list[str], values: Mapping[str, Any]) -> list[Layer]:
    """What the texts mean, moved by what was learned; before training it is moved by nothing."""
    layers, meant = [], []
    for number, source in enumerate(sources, start=1):
        name = f"{lead}_{number}" if len(sources) > 1 else lead
        encoder = Layer(f"{name}_encoder", "sentence_encoder", (source,), {"learns": values["learns"]})
        layers += [Layer(source, "input", fields={"source": source}), encoder]
        meant.append(encoder.name)
    if len(meant) > 1:
        layers.append(Layer(f"{lead}_together", "average", tuple(meant)))
    begin = layers[-1].name
    # The 512 numbers have length 1: scaled to be about as large as those that dense layers are made for.
    layers += [
        Layer(f"{lead}_scaled", "rescaling", (begin,), {"scale": WIDTH**0.5}),
        Layer(f"{lead}_patterns", "dense", (f"{lead}_scaled",), {"units": values["units"], "activation": _sizes.ACTIVATION}),
    ]  # fmt: skip
    if values["dropout"]:
        layers.append(Layer(f"{lead}_some", "dropout", (layers[-1].name,), {"rate": values["dropout"]}))
    moved = {"units": WIDTH, "activation": "linear", "kernel_initializer": "zeros"}
    layers.append(Layer(f"{lead}_moved", "dense", (layers[-1].name,), moved))
    return [*layers, Layer(f"{lead}_point", "add", (begin, f"{lead}_moved"))]


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """It has no automatic fields."""
    return {}


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    """More rows in a step are more answers to tell apart."""
    return _texts.training_values(
        facts, learning_rate=LEARNING_RATE, weight_decay=WEIGHT_DECAY, batch_size=64 if facts["rows"]["train"] < 20_000 else 256
    )  # fmt: skip
