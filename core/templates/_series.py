"""The beginning and the end that forecasting templates share: what was, what is known of what comes, and the next values."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole
from core.graph import Layer
from core.layers._sizes import by_rows
from core.templates._sizes import ACTIVATION, embedding_width
from core.words import mark

FIELDS: Fields = {
    "size": Whole(
        label=mark("Units before the answer"), low=1, high=8_192, auto=True, main=True,
        help=mark("More units can join what was seen in more ways, and learn single windows by heart sooner."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True, main=True,
        help=mark("More makes it harder to learn windows by heart, and slower to learn at all."),
    ),
}  # fmt: skip
SIZES = ((300, 16), (3_000, 64), (None, 128))
LEFT_OUT = ((300, 0.3), (3_000, 0.2), (None, 0.1))
RATES = ((300, 4e-3), (3_000, 2e-3), (None, 5e-4))
DECAYS = ((3_000, 1.0), (None, 0.3))
PATIENCE = ((3_000, 20), (None, 10))
BATCH = ((300, 16), (3_000, 32), (None, 128))
GENTLY = 0.05  # what comes to the answer is made so small that it begins at what the seasons let expect
NARROW = 4  # numbers that are kept of each step where all are looked at together


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether windows of series were prepared, and nothing else."""
    return set(facts["inputs"]) in ({"past", "ahead"}, {"past", "ahead", "categories"})


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the shared automatic fields come to for these facts."""
    rows = facts["rows"]["train"]
    return {"size": by_rows(SIZES, rows), "dropout": by_rows(LEFT_OUT, rows)}


def chosen(found: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with automatic values filled in."""
    return {**fields, **{name: value for name, value in found.items() if fields[name] is None}}


def sources() -> list[Layer]:
    """What was and what is known of what comes, as steps."""
    return [
        Layer("past", "input", fields={"source": "past"}),
        Layer("ahead", "input", fields={"source": "ahead"}),
    ]


def answer(facts: Mapping[str, Any], seen: str, values: Mapping[str, Any]) -> list[Layer]:
    """From one plain row about the past to the next values, by a few units and by a straight path beside them.

    The straight path, in which each step counts as much as it does, is hard to beat on series with few windows.

    Args:
        seen: The layer that gives what was found in the past.

    Source: Zeng et al., "Are Transformers Effective for Time Series Forecasting?", AAAI 2023 (the straight path); Das et
        al., "Long-term Forecasting with TiDE", TMLR 2023 (what is known of the coming steps, side by side).
    """
    layers = [Layer("past_row", "flatten", ("past",)), Layer("ahead_row", "flatten", ("ahead",))]
    ends = [seen, "past_row", "ahead_row"]
    if "categories" in facts["inputs"]:
        layers += [
            Layer("categories", "input", fields={"source": "categories"}),
            Layer("names", "embedding", ("categories",), {"output_dim": embedding_width(facts["inputs"]["categories"])}),
            Layer("name_row", "flatten", ("names",)),
        ]  # fmt: skip
        ends.append("name_row")
    units = {"units": values["size"], "activation": ACTIVATION}
    layers += [
        Layer("all_known", "concatenate", tuple(ends)),
        Layer("hidden", "dense", ("all_known",), units),
    ]
    last = "hidden"
    if values["dropout"]:
        layers.append(Layer("hidden_dropout", "dropout", ("hidden",), {"rate": values["dropout"]}))
        last = "hidden_dropout"
    beside = Layer("with_straight_path", "concatenate", (last, "past_row", "ahead_row"))
    gently = Layer("gently", "rescaling", (beside.name,), {"scale": GENTLY})
    return [*layers, beside, gently, Layer("answer", "output", ("gently",))]


def training_values(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    rows = facts["rows"]["train"]
    return {
        "batch_size": by_rows(BATCH, rows),
        "learning_rate": by_rows(RATES, rows),
        "weight_decay": by_rows(DECAYS, rows),
        "patience": by_rows(PATIENCE, rows),
        "once_more": "off",
        "masked_words": "off",
        "label_smoothing": 0.0,
        "warm_up": 0.0,
    }
