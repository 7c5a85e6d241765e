"""For tastes with facts: one tower knows a person by what came last and by facts, the other knows the items by theirs.

Sources: Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019 (two towers);
Kang and McAuley, "Self-Attentive Sequential Recommendation", ICDM 2018 (the tower of what came last).
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole, check_all
from core.graph import Graph, Layer
from core.layers._sizes import by_rows
from core.templates import _tastes
from core.words import mark

LABEL = mark("Two towers with facts")
HELP = mark(
    "Knows persons and items by what is known of them too, so that it can recommend new items and serve new persons."
)
SOURCE, FACTS = "past", "person_facts"
LEFT_OUT = ((50_000, 0.4), (1_000_000, 0.3), (None, 0.1))
FIELDS: Fields = {
    "width": Whole(
        label=mark("Numbers per item"), low=2, high=1_024, auto=True, main=True,
        help=mark("More can tell items apart more finely, and need more rows to be learned."),
    ),
    "depth": Whole(
        label=mark("Blocks"), low=0, high=12, default=2, main=True,
        help=mark("More blocks one after the other see more indirect connections."),
    ),
    "left_out": Decimal(
        label=mark("Share met as new"), low=0.0, high=0.95, step=0.05, default=0.3, main=True,
        help=mark("So many items are met by their facts alone in each step, so that new ones are known by them."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True,
        help=mark("More makes it harder to learn single persons by heart."),
    ),
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether items are to be recommended, and something is known of them or of the persons."""
    if not _tastes.suits(facts, SOURCE):
        return False
    return facts["tastes"].get("item_facts", 0) > 0 or FACTS in facts["inputs"]


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {"width": _tastes.width(facts), "dropout": by_rows(LEFT_OUT, _tastes.events(facts))}


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    layers = [
        Layer(SOURCE, "input", fields={"source": SOURCE}),
        Layer("items", "embedding", (SOURCE,), {"output_dim": values["width"]}),
        Layer("places", "position_embedding", ("items",)),
    ]
    if FACTS in facts["inputs"]:
        layers += [
            Layer(FACTS, "input", fields={"source": FACTS}),
            # Somebody of whom less is known has to be served too.
            *(
                [Layer("some_facts", "dropout", (FACTS,), {"rate": values["left_out"]})]
                * bool(values["left_out"])
            ),
            Layer(
                "who",
                "dense",
                ("some_facts" if values["left_out"] else FACTS,),
                {"units": values["width"], "activation": "linear"},
            ),
            Layer("at_each", "repeat_vector", ("who",), {"n": facts["inputs"][SOURCE]["shape"][0]}),
            Layer("both", "add", ("places", "at_each")),
        ]
    if values["dropout"]:
        layers.append(Layer("some", "dropout", (layers[-1].name,), {"rate": values["dropout"]}))
    block = {"num_heads": 1, "units": 2 * values["width"], "dropout": values["dropout"]}
    for number in range(1, values["depth"] + 1):
        layers.append(Layer(f"block_{number}", "transformer_decoder", (layers[-1].name,), block))
    layers.append(Layer("scale", "layer_normalization", (layers[-1].name,)))
    if facts["tastes"].get("item_facts", 0):
        layers.append(Layer("by_facts", "item_tower", ("scale",), {"left_out": values["left_out"]}))
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    return _tastes.training_values(facts)
