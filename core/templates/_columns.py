"""The beginning that table templates share: numbers as they are, categories through an embedding, side by side."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole
from core.graph import Layer
from core.graph.towers import REPLY
from core.layers._sizes import DROPOUT, UNITS, by_rows
from core.templates._sizes import ACTIVATION, embedding_width
from core.words import mark

INPUTS = frozenset({"numbers", "categories", "texts"})
TEXT_SCALE = 0.02  # half of a text is 255: most pieces come to between 0 and 1
TEXT_UNITS = 64
TEXT_LEFT_OUT = 0.5  # of the pieces of a text in each step: no single word is to decide
FIELDS: Fields = {
    "size": Whole(
        label=mark("Units per step"), low=1, high=8_192, auto=True, main=True,
        help=mark("More units can see more patterns, and learn single rows by heart sooner."),
    ),
    "depth": Whole(
        label=mark("Steps"), low=1, high=20, default=2, main=True,
        help=mark("More steps can see patterns made of patterns; tables rarely gain from more than three."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True, main=True,
        help=mark("More makes it harder to learn rows by heart, and slower to learn at all."),
    ),
    "embedding": Whole(
        label=mark("Numbers per category value"), low=1, high=512, auto=True,
        help=mark("More numbers can tell more values apart, and need more rows to be learned."),
    ),
}  # fmt: skip


def always(facts: Mapping[str, Any]) -> set[str]:
    """The inputs that are there whether a network reads them or not: all but the further views of texts."""
    return {name for name, part in facts["inputs"].items() if "view" not in part}


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether `columns` reads all that was prepared."""
    answers = any(
        part.get("view") == REPLY for part in facts["inputs"].values()
    )  # what is asked for is no input
    return bool(facts["inputs"]) and always(facts) <= INPUTS and not answers


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the automatic fields come to for these facts."""
    rows = facts["rows"]["train"]
    found = {"size": by_rows(UNITS, rows), "dropout": by_rows(DROPOUT, rows)}
    if "categories" in facts["inputs"]:
        found["embedding"] = embedding_width(facts["inputs"]["categories"])
    return found


def chosen(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with automatic values filled in from the facts."""
    return {**fields, **{k: v for k, v in automatic(facts).items() if fields[k] is None}}


def columns(facts: Mapping[str, Any], embedding: int | None, number_embedding: int = 0) -> list[Layer]:
    """Layers that end in one plain row made of all columns; the last of them gives it.

    Args:
        embedding: Learned numbers for each value of a category.
        number_embedding: Learned numbers for each column of numbers; 0 takes the numbers as they come.
    """
    layers, ends = [], []
    if "numbers" in facts["inputs"]:
        layers.append(Layer("numbers", "input", fields={"source": "numbers"}))
        if number_embedding:
            width = {"output_dim": number_embedding}
            layers.append(Layer("number_values", "number_embedding", ("numbers",), width))
        ends.append(layers[-1].name)
    if "categories" in facts["inputs"]:
        layers += [
            Layer("categories", "input", fields={"source": "categories"}),
            Layer("values", "embedding", ("categories",), {"output_dim": embedding}),
            Layer("value_row", "flatten", ("values",)),
        ]
        ends.append("value_row")
    if "texts" in facts["inputs"]:
        layers += texts(TEXT_UNITS)
        ends.append("text_row")
    if len(ends) > 1:
        layers.append(Layer("columns", "concatenate", tuple(ends)))
    return layers


def texts(units: int) -> list[Layer]:
    """Layers that end in one plain row made of all texts, with so many numbers."""
    return [
        Layer("texts", "input", fields={"source": "texts"}),
        Layer("weighed", "rescaling", ("texts",), {"scale": TEXT_SCALE}),
        Layer("some_pieces", "dropout", ("weighed",), {"rate": TEXT_LEFT_OUT}),
        Layer("text_row", "dense", ("some_pieces",), {"units": units, "activation": ACTIVATION}),
    ]


def steps(before: str, fields: Mapping[str, Any]) -> list[Layer]:
    """The hidden steps: dense layers, each followed by dropout unless that is zero."""
    layers: list[Layer] = []
    for number in range(1, fields["depth"] + 1):
        layers.append(
            Layer(f"hidden_{number}", "dense", (before,), {"units": fields["size"], "activation": ACTIVATION})
        )
        before = f"hidden_{number}"
        if fields["dropout"]:
            layers.append(Layer(f"dropout_{number}", "dropout", (before,), {"rate": fields["dropout"]}))
            before = f"dropout_{number}"
    return layers
