"""For tastes with facts: one tower knows a person by what came last and by facts, the other knows the items by theirs.

Sources: Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations", RecSys 2019 (two towers);
Kang and McAuley, "Self-Attentive Sequential Recommendation", ICDM 2018 (the tower of what came last).
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _tastes
from core.words import mark

LABEL = mark("Two towers with facts")
HELP = mark(
    "Knows persons and items by what is known of them too, so that it can recommend new items and serve new persons."
)
SOURCE, FACTS = _tastes.PAST, "person_facts"
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
    return {"width": _tastes.width(facts), "dropout": _tastes.left_out(facts)}


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    steps = facts["inputs"][SOURCE]["shape"][0]
    who = _by_facts(values["width"], values["left_out"], steps) if FACTS in facts["inputs"] else ()
    layers = _tastes.what_came_last(values["width"], values["dropout"], who)
    layers = _tastes.looking_back(layers, values["depth"], 1, values["width"], values["dropout"])
    if facts["tastes"].get("item_facts", 0):
        layers.append(Layer("by_facts", "item_tower", ("scale",), {"left_out": values["left_out"]}))
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


def _by_facts(width: int, left_out: float, steps: int) -> list[Layer]:
    """What is known of a person, added to each step; left out of some, as somebody of whom less is known has to be served too."""
    some = [Layer("some_facts", "dropout", (FACTS,), {"rate": left_out})] if left_out else []
    told = some[-1].name if some else FACTS
    return [
        Layer(FACTS, "input", fields={"source": FACTS}),
        *some,
        Layer("who", "dense", (told,), {"units": width, "activation": "linear"}),
        Layer("at_each", "repeat_vector", ("who",), {"n": steps}),
        Layer("both", "add", ("places", "at_each")),
    ]


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    return _tastes.training_values(facts)
