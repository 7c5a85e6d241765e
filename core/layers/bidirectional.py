"""Reads steps from both ends with two recurrent layers."""

from collections.abc import Mapping
from typing import Any

from core.fields import Choice
from core.layers._made import Made
from core.layers._recurrent import (
    DROPOUT,
    GROUP,
    INPUTS,
    RECURRENT_DROPOUT,
    RETURN_SEQUENCES,
    UNITS_FIELD,
    automatic,
    held_by,
    operations_of,
    weights_of,
)
from core.layers._recurrent import output_shape as one_way
from core.layers._shapes import Shape
from core.words import mark

__all__ = ["GROUP", "INPUTS", "automatic"]

LABEL = mark("Bidirectional")
HELP = mark(
    "Reads the steps from the first to the last and from the last to the first, and joins what both found."
)
WHEN = mark(
    "Take it where the whole sequence is known before the answer is needed, such as a finished sentence."
)
MORE = mark("It has twice the weights of a layer that reads one way, and sees what follows each step too.")
PICTURE = "bidirectional"
KERAS = "Bidirectional"
CELLS = {"lstm": "LSTM", "gru": "GRU", "simple_rnn": "SimpleRNN"}

FIELDS = {
    "cell": Choice(
        label=mark("Memory"), default="lstm", main=True,
        options={"lstm": mark("LSTM"), "gru": mark("GRU"), "simple_rnn": mark("Simple RNN")},
        help=mark("What reads the steps in each direction; an LSTM remembers longest, a GRU is lighter."),
    ),
    "units": UNITS_FIELD,
    "merge_mode": Choice(
        label=mark("Join by"), default="concat",
        options={
            "concat": mark("Laying side by side"),
            "sum": mark("Adding"),
            "ave": mark("Averaging"),
            "mul": mark("Multiplying"),
        },
        help=mark("How the findings of both directions are joined; side by side keeps all of them."),
    ),
    "return_sequences": RETURN_SEQUENCES,
    "dropout": DROPOUT,
    "recurrent_dropout": RECURRENT_DROPOUT,
}  # fmt: skip

EXAMPLES = [
    {"fields": {"units": 12}, "shapes": [(16, 8)]},
    {
        "fields": {"units": 3, "cell": "gru", "return_sequences": True, "merge_mode": "sum"},
        "shapes": [(5, 4)],
    },
    {"fields": {"units": 2, "cell": "simple_rnn", "recurrent_dropout": 0.5}, "shapes": [(3, 1)]},
]


def made(fields: Mapping[str, Any], shapes: list[Shape]) -> Made:
    """Both directions are copies of the inner layer."""
    inner = {name: fields[name] for name in ("units", "return_sequences", "dropout", "recurrent_dropout")}
    layer = Made(CELLS[fields["cell"]], inner)
    return Made("Bidirectional", {"layer": layer, "merge_mode": fields["merge_mode"]})


def output_shape(fields: Mapping[str, Any], shapes: list[Shape]) -> Shape:
    *steps, units = one_way(fields, shapes)
    return (*steps, units * 2 if fields["merge_mode"] == "concat" else units)


def weights(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 2 * weights_of(fields["cell"], fields["units"], shapes[0][-1])


def operations(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 2 * operations_of(fields["cell"], fields["units"], shapes[0])


def held(fields: Mapping[str, Any], shapes: list[Shape]) -> int:
    return 2 * held_by(fields["cell"], fields["units"], shapes[0])
