"""The default for texts that are to be written on: a Transformer decoder that sees only what stands before.

Source: Vaswani et al., "Attention Is All You Need", 2017; Radford et al., "Language Models are Unsupervised Multitask
Learners", 2019 (the norm before each part and one at the end); a norm behind the embedding as in BigScience Workshop, "BLOOM:
A 176B-Parameter Open-Access Multilingual Language Model", 2022, section 3.2.2.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole, check_all
from core.graph import Graph, Layer
from core.layers._sizes import by_rows
from core.words import mark

LABEL = mark("Writer")
HELP = mark("Reads what is written so far, never what comes, and tells the next character: a small GPT.")
WIDTHS = ((20_000, 64), (200_000, 96), (None, 128))  # by the characters of all texts
DEPTHS = ((20_000, 2), (200_000, 3), (None, 4))
BATCH = (
    (32, 24),
    (64, 12),
    (None, 8),
)  # windows in a step, by their length: as many small steps as a step's costs allow
LEFT_OUT = ((60_000, 0.2), (1_000_000, 0.1), (None, 0.0))
FIELDS: Fields = {
    "width": Whole(
        label=mark("Numbers per character"), low=4, high=2_048, auto=True, main=True,
        help=mark("More can keep more in mind at each place, and take longer to learn."),
    ),
    "depth": Whole(
        label=mark("Blocks"), low=1, high=48, auto=True, main=True,
        help=mark("More blocks one after the other see more indirect connections."),
    ),
    "num_heads": Whole(
        label=mark("Heads"), low=1, high=64, default=4,
        help=mark("How many things each place looks for at once in what stands before."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True,
        help=mark("More makes it harder to learn the texts by heart; much text needs none."),
    ),
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether texts are to be written on."""
    return facts.get("task") == "next_token"


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    amount = facts["writing"]["characters"]
    return {
        "width": by_rows(WIDTHS, amount),
        "depth": by_rows(DEPTHS, amount),
        "dropout": by_rows(LEFT_OUT, amount),
    }


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    source = next(iter(facts["inputs"]))
    layers = [
        Layer(source, "input", fields={"source": source}),
        Layer("characters", "embedding", (source,), {"output_dim": values["width"]}),
        Layer("places", "position_embedding", ("characters",)),
        # Or what the blocks say at first, by chance, is twenty times as loud as the characters themselves.
        Layer("loud", "layer_normalization", ("places",), {"epsilon": 1e-5}),
    ]
    block = {"num_heads": values["num_heads"], "dropout": values["dropout"]}
    for number in range(1, values["depth"] + 1):
        layers.append(Layer(f"block_{number}", "transformer_decoder", (layers[-1].name,), block))
    layers.append(Layer("scale", "layer_normalization", (layers[-1].name,)))
    return Graph((*layers, Layer("answer", "output", ("scale",))))


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    length = next(iter(facts["inputs"].values()))["shape"][0]
    return {
        "batch_size": by_rows(BATCH, length), "learning_rate": 2e-3, "weight_decay": 0.01, "patience": 8, "once_more": "off",
        "masked_words": "off", "label_smoothing": 0.0, "warm_up": 0.0,
    }  # fmt: skip
