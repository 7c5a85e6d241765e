"""For forecasts: reads the steps one after the other and remembers."""

from collections.abc import Mapping
from typing import Any

from core.fields import Whole, check_all
from core.graph import Graph, Layer
from core.layers._sizes import by_rows
from core.templates import _series
from core.words import mark

LABEL = mark("Forecast with a memory")
HELP = mark(
    "Reads the steps one after the other and remembers what matters; slower than the forecast network."
)
FIELDS = {
    "memory": Whole(
        label=mark("Units of memory"), low=1, high=1_024, auto=True, main=True,
        help=mark("More units remember more, and take longer to learn."),
    ),
    **_series.FIELDS,
}  # fmt: skip
MEMORY = ((300, 8), (3_000, 32), (None, 64))

suits = _series.suits
training = _series.training_values


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {**_series.automatic(facts), "memory": by_rows(MEMORY, facts["rows"]["train"])}


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits.

    Source: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", EMNLP 2014.
    """
    values = _series.chosen(automatic(facts), check_all(FIELDS, fields))
    memory = Layer("memory", "gru", ("past",), {"units": values["memory"]})
    return Graph((*_series.sources(), memory, *_series.answer(facts, "memory", values)))
