"""Words and parts of words, counted: learned in seconds, and hard to beat where texts are long and many.

Source: Joulin et al., "Bag of Tricks for Efficient Text Classification", EACL 2017 (fastText).
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, Whole, check_all
from core.graph import Graph, Layer
from core.templates import _texts
from core.words import mark

LABEL = mark("Counted words")
HELP = mark(
    "Looks at which words, pairs of words and runs of letters a text holds: learned in seconds, hard to beat."
)
LEAST_UNITS = 32
PIECES_LEFT_OUT = 0.3
FIELDS: Fields = {
    "units": Whole(
        label=mark("Numbers per word"), low=1, high=1_024, auto=True, main=True,
        help=mark("More can keep more meanings apart; as many as there are answers will mostly do."),
    ),
    **_texts.DROPOUT,
}  # fmt: skip


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether there are texts whose pieces can be counted, and nothing else than what can stand beside them."""
    return _texts.suits(facts, _texts.COUNTS)


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    layers, ends = counted(facts, values["units"])
    return Graph(_texts.network(facts, layers, ends, values["dropout"]))


def counted(facts: Mapping[str, Any], units: int) -> tuple[list[Layer], list[str]]:
    """Layers that count the pieces of each column of texts, and those that end in a plain row."""

    def inside(lead: str, source: str) -> list[Layer]:
        return [
            Layer(f"{lead}added_up", "counted_words", (source,), {"units": units, "rate": PIECES_LEFT_OUT})
        ]

    return _texts.read(facts, _texts.COUNTS, inside)


def units(facts: Mapping[str, Any]) -> int:
    """As many as there are answers, but not too few for them to be told apart by more than one kind of word."""
    return max(facts["output"]["units"], LEAST_UNITS)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return {"units": units(facts), **_texts.automatic(facts)}


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _texts.training_values(facts, **_texts.as_a_whole(facts))
