"""The default for tastes with times: attention over what somebody had lately tells what comes next.

Sources: Kang and McAuley, "Self-Attentive Sequential Recommendation" (SASRec), ICDM 2018; with a softmax over all items as in
Klenitskiy and Vasilev, "Turning Dross Into Gold Loss: is BERT4Rec really better than SASRec?", RecSys 2023.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _tastes
from core.words import mark

LABEL = mark("What comes next")
HELP = mark(
    "Reads what somebody had lately, in order, and tells which item comes next: best where there are times."
)
SOURCE = _tastes.PAST
FIELDS: Fields = {
    "width": Whole(
        label=mark("Numbers per item"), low=2, high=1_024, auto=True, main=True,
        help=mark("More can tell items apart more finely, and need more rows to be learned."),
    ),
    "depth": Whole(
        label=mark("Blocks"), low=1, high=12, default=2, main=True,
        help=mark("More blocks one after the other see more indirect connections."),
    ),
    "num_heads": Whole(
        label=mark("Heads"), low=1, high=16, default=1,
        help=mark("How many things it looks for at once in what somebody had."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True,
        help=mark("More makes it harder to learn single persons by heart."),
    ),
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether items are to be recommended."""
    return _tastes.suits(facts, SOURCE)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {"width": _tastes.width(facts), "dropout": _tastes.left_out(facts)}


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    layers = _tastes.what_came_last(values["width"], values["dropout"])
    layers = _tastes.looking_back(
        layers, values["depth"], values["num_heads"], values["width"], values["dropout"]
    )
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    return _tastes.training_values(facts)
