"""A deep path that finds patterns, beside a wide path that remembers what single columns say."""

from collections.abc import Mapping
from typing import Any

from core.fields import check_all
from core.graph import Graph, Layer
from core.templates import _columns
from core.templates._sizes import training_values
from core.words import mark

LABEL = mark("Wide and deep")
HELP = mark(
    "Adds a straight path from every column to the answer: good where single columns say much by themselves."
)
FIELDS = _columns.FIELDS
WIDEST = 8  # numbers per category value on the wide path, at most


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether it can read what was prepared, and there is something for the wide part, which sees no texts."""
    return _columns.suits(facts) and not {"numbers", "categories"}.isdisjoint(facts["inputs"])


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits.

    The wide path is linear: numbers go straight to the answer, and each value of a category has a weight of its own
    for each answer. Joined in front of the output, both paths add up there.

    Source: Cheng et al., "Wide & Deep Learning for Recommender Systems", 2016, section 3.3.
    """
    values = _columns.chosen(facts, check_all(FIELDS, fields))
    layers = _columns.columns(facts, values.get("embedding"))
    layers += _columns.steps(layers[-1].name, values)
    ends = [layers[-1].name]
    if "numbers" in facts["inputs"]:
        ends.append("numbers")
    if "categories" in facts["inputs"]:
        width = min(facts["output"]["units"], WIDEST)
        layers.append(Layer("wide_values", "embedding", ("categories",), {"output_dim": width}))
        layers.append(Layer("wide_row", "flatten", ("wide_values",)))
        ends.append("wide_row")
    layers.append(Layer("together", "concatenate", tuple(ends)))
    return Graph((*layers, Layer("answer", "output", ("together",))))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return _columns.automatic(facts)


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return training_values(facts["rows"]["train"])
