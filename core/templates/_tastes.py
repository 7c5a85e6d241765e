"""What templates that recommend share: whether facts are those of persons and items, and how their trainings begin."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.graph import Layer
from core.layers._sizes import by_rows
from core.layers.output import sampled

TASK = "recommend"
MOST_LINEAR = 6_000  # items all of whose pairs are solved
MOST_SCORES = 100_000_000  # at once: 0.4 GB, and the losses need several such arrays
STEPS, FEWEST_ROWS, MANY_ROWS = 100, 4, 300_000
PAST = "past"
LEFT_OUT = ((50_000, 0.4), (1_000_000, 0.3), (None, 0.1))  # by events
WIDTHS = ((20_000, 32), (300_000, 64), (None, 128))  # by events


def suits(facts: Mapping[str, Any], source: str) -> bool:
    """Whether items are to be recommended, and the rows bring in what is read."""
    return facts.get("task") == TASK and source in facts["inputs"]


def events(facts: Mapping[str, Any]) -> int:
    return int(facts["tastes"]["events"])


def width(facts: Mapping[str, Any]) -> int:
    return by_rows(WIDTHS, events(facts))


def left_out(facts: Mapping[str, Any]) -> float:
    return by_rows(LEFT_OUT, events(facts))


def what_came_last(width: int, dropout: float, more: Sequence[Layer] = ()) -> list[Layer]:
    """The layers that read what somebody had lately, in order, as numbers at each step.

    Args:
        more: Layers that add something to each step, before some of it is left out.
    """
    layers = [
        Layer(PAST, "input", fields={"source": PAST}),
        Layer("items", "embedding", (PAST,), {"output_dim": width}),
        Layer("places", "position_embedding", ("items",)),
        *more,
    ]
    some = [Layer("some", "dropout", (layers[-1].name,), {"rate": dropout})] if dropout else []
    return [*layers, *some]


def looking_back(
    layers: Sequence[Layer], depth: int, num_heads: int, width: int, dropout: float
) -> list[Layer]:
    """These layers with blocks behind them in which each step looks at those before it."""
    found = list(layers)
    block = {"num_heads": num_heads, "units": 2 * width, "dropout": dropout}
    for number in range(1, depth + 1):
        found.append(Layer(f"block_{number}", "transformer_decoder", (found[-1].name,), block))
    return [*found, Layer("scale", "layer_normalization", (found[-1].name,))]


def training_values(facts: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Values for the automatic fields of `core.spec.TRAINING`."""
    rows = facts["rows"]["train"]
    batch = 32 if rows < 1_000 else 64 if rows < 10_000 else 256
    # Each row is scored against all items at each of its steps, or against those that are drawn: then what a step does to
    # the numbers of all items takes longer than what it learns them from.
    drawn = sampled(facts["output"]["units"])
    batch = 1_024 if drawn and rows > MANY_ROWS else batch
    scores = drawn.get("sampled", facts["tastes"]["items"]) * facts["tastes"].get("length", STEPS)
    batch = max(FEWEST_ROWS, min(batch, MOST_SCORES // scores))
    return {
        "batch_size": batch, "learning_rate": 2e-3, "weight_decay": 0.01, "patience": 5, "once_more": "off", "masked_words": "off",
        "label_smoothing": 0.0, "warm_up": 0.0,
        **more,
    }  # fmt: skip
