"""The beginning and the end that text templates share: each column of texts its own way in, all other columns beside them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.fields import Decimal, Fields, Whole
from core.graph import Layer
from core.layers._sizes import by_rows
from core.templates import _columns, _sizes
from core.words import mark

COUNTS, TOKENS, MEANING = "counts", "tokens", "meaning"  # views of `core.columns.text`
RATES_LEFT_OUT = ((3_000, 0.4), (None, 0.2))
COLUMN_UNITS = 64
BATCH, FEW = ((2_000, 32), (20_000, 64), (None, 256)), 3_000
LEARNING_RATE, WEIGHT_DECAY = 2e-3, 1e-3
# For what reads texts as a whole: of few texts, each word would be learned by heart.
DECAY_OF_FEW = ((400, 5.0), (1_000, 2.0), (5_000, 1.0))
DROPOUT: Fields = {
    "dropout": Decimal(
        label=mark("Share left out"), low=0.0, high=0.95, step=0.05, auto=True, main=True,
        help=mark("More makes it harder to learn rows by heart, and slower to learn at all."),
    ),
}  # fmt: skip

WIDTH: Fields = {
    "width": Whole(
        label=mark("Numbers per word"), low=1, high=1_024, default=96, main=True,
        help=mark("More can keep more meanings apart, and need more texts to be learned."),
    ),
}  # fmt: skip

Read = Callable[[str, str], list[Layer]]


def sources(facts: Mapping[str, Any], view: str) -> list[str]:
    """The inputs that bring in texts in this way, one for each column."""
    return [name for name, part in facts["inputs"].items() if part.get("view") == view]


def suits(facts: Mapping[str, Any], view: str) -> bool:
    """Whether there are texts to be read in this way, and nothing else than what can stand beside them."""
    return bool(sources(facts, view)) and _columns.suits(facts)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the shared automatic fields come to for these facts."""
    return {"dropout": by_rows(RATES_LEFT_OUT, facts["rows"]["train"])}


def read(facts: Mapping[str, Any], view: str, inside: Read) -> tuple[list[Layer], list[str]]:
    """The layers that read each column of texts in this way, and those that end in one plain row for each.

    Args:
        inside: From what the layers' names begin with and the input's name to the layers; the last of them ends.
    """
    layers, ends = [], []
    names = sources(facts, view)
    for number, source in enumerate(names, start=1):
        lead = f"{view}_{number}_" if len(names) > 1 else f"{view}_"
        found = [Layer(source, "input", fields={"source": source}), *inside(lead, source)]
        layers += found
        ends.append(found[-1].name)
    return layers, ends


def network(
    facts: Mapping[str, Any], layers: Sequence[Layer], ends: Sequence[str], dropout: float
) -> tuple[Layer, ...]:
    """The whole network: what was read of texts beside all other columns, then the answer."""
    others = {name: part for name, part in facts["inputs"].items() if name in ("numbers", "categories")}
    made, ends = list(layers), list(ends)
    if others:
        known = {**facts, "inputs": others}
        made += _columns.columns(known, _columns.automatic(known).get("embedding"), 0)
        made.append(
            Layer(
                "other_columns",
                "dense",
                (made[-1].name,),
                {"units": COLUMN_UNITS, "activation": _sizes.ACTIVATION},
            )
        )
        ends.append("other_columns")
    if len(ends) > 1:
        made.append(Layer("side_by_side", "concatenate", tuple(ends)))
    if dropout:
        made.append(Layer("some_left_out", "dropout", (made[-1].name,), {"rate": dropout}))
    return (*made, Layer("answer", "output", (made[-1].name,)))


def training_values(facts: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`, and in place of them."""
    rows = facts["rows"]["train"]
    found = {"batch_size": by_rows(BATCH, rows), "learning_rate": LEARNING_RATE, "weight_decay": WEIGHT_DECAY}
    return {**_sizes.training_values(rows), **found, **more}


def as_a_whole(facts: Mapping[str, Any], many: float = WEIGHT_DECAY) -> dict[str, Any]:
    """Values in place of `training_values` for networks that count words or know meanings: how strongly weights are pulled
    towards zero, and whether the rows that said when to stop are learned from as well.

    AdamW's pull does not grow with the gradients, so for a hundred texts it has to be a thousand times what many need.

    Args:
        many: The value for more texts than `DECAY_OF_FEW` knows.

    Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019; the values from texts of five
        sorts, 50 to 700 of each answer.
    """
    rows = facts["rows"]["train"]
    once_more = {"once_more": "on"} if rows <= FEW else {}
    return {"weight_decay": by_rows((*DECAY_OF_FEW, (None, many)), rows), **once_more}
