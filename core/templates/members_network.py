"""The default for tables: several members of one network, whose answers are averaged."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, Whole, check_all
from core.graph import Graph, Layer
from core.layers._sizes import by_rows
from core.templates import _columns
from core.templates._sizes import once_more, training_values
from core.words import mark

LABEL = mark("Best for tables")
HELP = mark(
    "Several networks in one answer together: as good as it gets on most tables, and steadier than a single one."
)
MEMBERS = ((3_000, 16), (None, 8))  # up to so many training rows; with few rows there is time for more
EMBEDDING = 12


def settings(number_embedding: int) -> Fields:
    """Settings of a network of members, with so many numbers for each number column where nobody sets another."""
    return {
        "members": Whole(
            label=mark("Members"), low=2, high=256, auto=True, main=True,
            help=mark("How many answers are averaged; more answer more steadily and take longer to train."),
        ),
        **_columns.FIELDS,
        "number_embedding": Whole(
            label=mark("Numbers per number column"), low=1, high=512, default=number_embedding,
            help=mark("More numbers can tell more stretches of a column apart, and need more rows to be learned."),
        ),
    }  # fmt: skip


FIELDS: Fields = settings(EMBEDDING)


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether it can read what was prepared."""
    return _columns.suits(facts)


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    return network(facts, check_all(FIELDS, fields), automatic(facts))


def network(facts: Mapping[str, Any], given: Mapping[str, Any], found: Mapping[str, Any]) -> Graph:
    """The layers for these settings, with what was found for those that are automatic.

    Source: TabM-mini with piecewise-linear embeddings: Gorishniy et al., "TabM: Advancing Tabular Deep Learning with
        Parameter-Efficient Ensembling", ICLR 2025, section 3.3; the embeddings: Gorishniy et al., NeurIPS 2022.
    """
    values = {**given, **{name: value for name, value in found.items() if given[name] is None}}
    layers = _columns.columns(facts, values.get("embedding"), values["number_embedding"])
    layers.append(Layer("members", "member_scaling", (layers[-1].name,), {"members": values["members"]}))
    layers += _columns.steps(layers[-1].name, values)
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,), {"average": True})))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {"members": by_rows(MEMBERS, facts["rows"]["train"]), **_columns.automatic(facts)}


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    rows = facts["rows"]["train"]
    return {**training_values(rows), "once_more": once_more(rows)}
