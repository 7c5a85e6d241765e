"""The default for texts: their words, counted, beside what they mean. Each sees what the other misses."""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields, check_all
from core.graph import Graph
from core.templates import _texts, counted_words, meaning_vectors
from core.words import mark

LABEL = mark("Best for texts")
HELP = mark(
    "Counts the words of each text and knows what it means: as good as it gets for few texts and for many."
)
FIELDS: Fields = {**meaning_vectors.FIELDS}


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether there are texts and the encoder that reads them, and nothing else than what can stand beside them."""
    return counted_words.suits(facts) and meaning_vectors.suits(facts)


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    given = check_all(FIELDS, fields)
    values = {**automatic(facts), **{name: value for name, value in given.items() if value is not None}}
    layers, ends = counted_words.counted(facts, counted_words.units(facts))
    meaning, meant = meaning_vectors.meant(facts, values["learns"], values["units"], values["dropout"])
    return Graph(_texts.network(facts, [*layers, *meaning], [*ends, *meant], values["dropout"]))


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return _texts.automatic(facts)


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _texts.training_values(facts, **_texts.as_a_whole(facts))
