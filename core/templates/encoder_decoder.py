"""The default for texts that become other texts: a Transformer with an encoder that reads and a decoder that writes.

Source: Vaswani et al., "Attention Is All You Need", 2017; Xiong et al., "On Layer Normalization in the Transformer
Architecture", 2020 (the norm before each part and one at the end).
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Fields, Whole, check_all
from core.graph import Graph, Layer
from core.layers._sizes import by_rows
from core.words import mark

LABEL = mark("Encoder and decoder")
HELP = mark(
    "One half reads the whole text, the other writes the answer token by token and looks at what was read: the Transformer."
)
WIDTHS = ((10_000, 64), (100_000, 96), (1_000_000, 128), (None, 256))  # by the tokens of all answers
DEPTHS = ((1_000_000, 2), (None, 3))
LEFT_OUT = ((1_000_000, 0.1), (None, 0.0))
BATCH, WARM_UP = 64, 200  # rows, steps
FIELDS: Fields = {
    "width": Whole(
        label=mark("Numbers per token"), low=4, high=2_048, auto=True, main=True,
        help=mark("More can keep more in mind at each place, and take longer to learn."),
    ),
    "depth": Whole(
        label=mark("Blocks in each half"), low=1, high=24, auto=True, main=True,
        help=mark("More blocks one after the other see more indirect connections."),
    ),
    "num_heads": Whole(
        label=mark("Heads"), low=1, high=64, default=4,
        help=mark("How many things each place looks for at once in the others."),
    ),
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True,
        help=mark("More makes it harder to learn the pairs by heart; many pairs need none."),
    ),
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether texts are to become other texts."""
    return facts.get("task") == "rewrite"


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    amount = facts["rewriting"]["tokens"]
    return {
        "width": by_rows(WIDTHS, amount),
        "depth": by_rows(DEPTHS, amount),
        "dropout": by_rows(LEFT_OUT, amount),
    }


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    read, write = _tokens("source", "read", values), _tokens("written", "write", values)
    block = {"num_heads": values["num_heads"], "dropout": values["dropout"]}
    for number in range(1, values["depth"] + 1):
        read.append(Layer(f"read_{number}", "transformer_encoder", (read[-1].name,), block))
    end = read[-1].name
    for number in range(1, values["depth"] + 1):
        # A scale of its own for each block: Keras's attention takes the mask of the padding off what it has looked at, so
        # that a second block which looked at the same would see the padding.
        read.append(Layer(f"read_scale_{number}", "layer_normalization", (end,)))
        write.append(Layer(f"write_{number}", "transformer_decoder", (write[-1].name, read[-1].name), block))
    write.append(Layer("write_scale", "layer_normalization", (write[-1].name,)))
    return Graph((*read, *write, Layer("answer", "output", ("write_scale",))))


def _tokens(source: str, lead: str, values: Mapping[str, Any]) -> list[Layer]:
    """Where tokens come in, and what they and their places mean."""
    return [
        Layer(source, "input", fields={"source": source}),
        # What is written looks back only, so that its padding, which lies ahead, is never seen.
        Layer(
            f"{lead}_tokens",
            "embedding",
            (source,),
            {"output_dim": values["width"], "mask_zero": lead == "read"},
        ),
        Layer(f"{lead}_places", "position_embedding", (f"{lead}_tokens",)),
    ]


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    few = facts["rewriting"]["tokens"] <= WIDTHS[1][0]
    return {
        "batch_size": BATCH, "learning_rate": 1e-3, "weight_decay": 0.01, "patience": 8 if few else 3, "once_more": "off",
        "masked_words": "off",
        "label_smoothing": 0.1, "warm_up": _warm_up(facts["rows"]["train"]),
    }  # fmt: skip


def _warm_up(rows: int) -> float:
    """The epochs in which about so many steps are taken, in halves, and never more than two."""
    return min(max(round(2 * WARM_UP * BATCH / max(rows, 1)) / 2, 0.5), 2.0)
