"""What the kinds share that read steps one after the other and remember."""

from collections.abc import Mapping
from typing import Any

from core.fields import Decimal, Switch, Whole
from core.layers._shapes import Shape
from core.layers._sizes import ANY_UNITS, UNITS, by_facts, fill_in
from core.layers._steps import need_steps
from core.words import mark

GROUP = "sequences"
INPUTS = (1, 1)
# How many sums of all that comes in, and of all that is remembered, each unit makes for one step.
SUMS = {"simple_rnn": 1, "gru": 3, "lstm": 4}

UNITS_FIELD = Whole(
    label=mark("Units"), low=1, high=4_096, auto=True, main=True,
    help=mark("More units remember more, train more slowly, and learn single rows by heart sooner."),
)  # fmt: skip
RETURN_SEQUENCES = Switch(
    label=mark("Answer after every step"), default=False, main=True,
    help=mark("On: gives its memory after every step, for a layer that reads steps. Off: only the last one."),
)  # fmt: skip
DROPOUT = Decimal(
    label=mark("Share left out"), low=0.0, high=0.95, step=0.05, default=0.0,
    help=mark("Leaves out this share of what comes in while training, the same numbers in every step."),
)  # fmt: skip
# Source: Gal & Ghahramani, "A Theoretically Grounded Application of Dropout in Recurrent Neural Networks", 2016.
RECURRENT_DROPOUT = Decimal(
    label=mark("Share of the memory left out"), low=0.0, high=0.95, step=0.05, default=0.0,
    help=mark("Leaves out this share of the memory while training, the same units in every step; slower."),
)  # fmt: skip
GO_BACKWARDS = Switch(
    label=mark("Read from the end"), default=False, help=mark("Reads the last step first."),
)  # fmt: skip

FIELDS = {
    "units": UNITS_FIELD,
    "return_sequences": RETURN_SEQUENCES,
    "dropout": DROPOUT,
    "recurrent_dropout": RECURRENT_DROPOUT,
    "go_backwards": GO_BACKWARDS,
}

EXAMPLES = [
    {"fields": {"units": 12}, "shapes": [(16, 8)]},
    {"fields": {"units": 1, "return_sequences": True}, "shapes": [(3, 1)]},
    {
        "fields": {"units": 5, "dropout": 0.2, "recurrent_dropout": 0.3, "go_backwards": True},
        "shapes": [(7, 4)],
    },
]


def automatic(fields: Mapping[str, Any], facts: Mapping[str, Any], codes: int) -> dict[str, Any]:
    """Fills in `units`, from the number of training rows: a quarter of a dense layer's, for each holds more weights."""
    return fill_in(fields, "units", by_facts(UNITS, facts, ANY_UNITS) // 4)


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    need_steps(shapes[0])
    return (shapes[0][0], fields["units"]) if fields["return_sequences"] else (fields["units"],)


def weights_of(cell: str, units: int, width: int) -> int:
    """Weights of one recurrent layer that reads steps of `width` numbers.

    Source: Keras, `reset_after=True` for GRU, which then has two starting values for each of its sums.
    """
    biases = 2 if cell == "gru" else 1
    return SUMS[cell] * units * (width + units + biases)


def operations_of(cell: str, units: int, shape: Shape) -> int:
    """Multiplications of one recurrent layer for one row."""
    steps, width = shape
    return steps * SUMS[cell] * units * (width + units)


def held_by(cell: str, units: int, shape: Shape) -> int:
    """Numbers that one recurrent layer keeps for one row until its slopes are known: each step's sums and states."""
    return shape[0] * units * (SUMS[cell] + 2)
