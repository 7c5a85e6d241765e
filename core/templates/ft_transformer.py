"""Every column becomes a step of a sequence, and the steps look at each other."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _columns
from core.templates._sizes import training_values
from core.templates.members_network import suits
from core.words import mark

__all__ = ["suits"]

LABEL = mark("Transformer for tables")
HELP = mark(
    "Columns look at each other before they answer: strong on tables with many rows, and slower to train."
)
FIELDS: Fields = {
    "width": Whole(
        label=mark("Numbers per column"), low=4, high=1_024, default=64, main=True,
        help=mark("More numbers can say more about each column, and need more rows to be learned."),
    ),
    "depth": Whole(
        label=mark("Transformer blocks"), low=1, high=24, default=3, main=True,
        help=mark("More blocks see more indirect connections between columns."),
    ),
    "num_heads": Whole(
        label=mark("Heads"), low=1, high=64, default=4,
        help=mark("How many things each column looks for at once in the others."),
    ),
}  # fmt: skip
RATE, DECAY = 1e-3, 1e-3


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits.

    Source: Gorishniy et al., "Revisiting Deep Learning Models for Tabular Data", NeurIPS 2021, section 3.3
        (FT-Transformer); the columns' mean takes the place of its further token.
    """
    values = check_all(FIELDS, fields)
    layers, ends, width = [], [], values["width"]
    if "numbers" in facts["inputs"]:
        layers += [
            Layer("numbers", "input", fields={"source": "numbers"}),
            Layer("number_values", "number_embedding", ("numbers",), {"output_dim": width}),
            Layer("number_steps", "reshape", ("number_values",), {"target_shape": [-1, width]}),
        ]
        ends.append("number_steps")
    if "categories" in facts["inputs"]:
        layers += [
            Layer("categories", "input", fields={"source": "categories"}),
            Layer("values", "embedding", ("categories",), {"output_dim": width}),
        ]
        ends.append("values")
    if "texts" in facts["inputs"]:
        layers += _columns.texts(width)
        layers.append(Layer("text_step", "reshape", ("text_row",), {"target_shape": [-1, width]}))
        ends.append("text_step")
    if len(ends) > 1:
        layers.append(Layer("columns", "concatenate", tuple(ends), {"axis": 1}))
    layers.append(Layer("places", "position_embedding", (layers[-1].name,)))
    for number in range(1, values["depth"] + 1):
        heads = {"num_heads": values["num_heads"], "units": 2 * width}
        layers.append(Layer(f"block_{number}", "transformer_encoder", (layers[-1].name,), heads))
    layers += [
        Layer("scale", "layer_normalization", (layers[-1].name,)),
        Layer("together", "global_average_pooling_1d", ("scale",)),
        Layer("answer", "output", ("together",)),
    ]
    return Graph(tuple(layers))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """It has no automatic fields."""
    return {}


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {**training_values(facts["rows"]["train"]), "learning_rate": RATE, "weight_decay": DECAY}
