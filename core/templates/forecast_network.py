"""The default for forecasts: windows that look ever further back, as in WaveNet and temporal convolutional networks."""

from collections.abc import Mapping
from math import ceil, log2
from typing import Any

from core.fields import Whole, check_all
from core.graph import Graph, Layer
from core.layers._sizes import by_rows
from core.templates import _series
from core.templates._sizes import ACTIVATION
from core.words import mark

LABEL = mark("Forecast network")
HELP = mark(
    "Looks at the steps so far through windows that reach ever further back, and tells the next ones."
)
FIELDS = {
    "filters": Whole(
        label=mark("Patterns per step"), low=1, high=1_024, auto=True, main=True,
        help=mark("More can tell more kinds of movement apart, and take longer to learn."),
    ),
    "depth": Whole(
        label=mark("Reach, in doublings"), low=1, high=8, auto=True,
        help=mark("Each one more looks twice as far back; by itself, as far as the window goes."),
    ),
    **_series.FIELDS,
}  # fmt: skip
FILTERS = ((300, 8), (3_000, 16), (None, 32))
KERNEL = 3

suits = _series.suits
training = _series.training_values


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    reach = max(facts["inputs"]["past"]["shape"][0] / (KERNEL - 1), 1)
    depth = min(max(ceil(log2(reach)), 1), 6)
    return {
        **_series.automatic(facts),
        "filters": by_rows(FILTERS, facts["rows"]["train"]),
        "depth": depth,
    }


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits.

    Source: van den Oord et al., "WaveNet", 2016; Bai et al., "An Empirical Evaluation of Generic Convolutional and
        Recurrent Networks for Sequence Modeling", 2018, section 3.
    """
    values = _series.chosen(automatic(facts), check_all(FIELDS, fields))
    layers = [*_series.sources(), _conv("patterns", "past", values["filters"], 1, 1, activation="linear")]
    before = "patterns"
    for number in range(values["depth"]):
        block = _block(number + 1, before, values, 2**number)
        layers += block
        before = block[-1].name
    layers += [
        _conv("narrow", before, _series.NARROW, 1, 1),
        Layer("seen", "flatten", ("narrow",)),
    ]
    return Graph((*layers, *_series.answer(facts, "seen", values)))


def _block(number: int, before: str, values: Mapping[str, Any], gaps: int) -> list[Layer]:
    """A window with gaps that sees no later step, and a straight path around it."""
    made = [_conv(f"back_{number}", before, values["filters"], KERNEL, gaps)]
    if values["dropout"]:
        made.append(
            Layer(f"dropout_{number}", "spatial_dropout_1d", (made[-1].name,), {"rate": values["dropout"]})
        )
    return [*made, Layer(f"step_{number}", "add", (before, made[-1].name))]


def _conv(name: str, before: str, filters: int, size: int, gaps: int, activation: str = ACTIVATION) -> Layer:
    fields = {
        "filters": filters, "kernel_size": size, "padding": "causal", "dilation_rate": gaps, "activation": activation,
    }  # fmt: skip
    return Layer(name, "conv_1d", (before,), fields)
