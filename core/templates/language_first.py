"""A Transformer encoder that first learns the language of the user's own texts, by guessing hidden words, then the answers.

Source: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", NAACL 2019; on the
    task's own texts: Gururangan et al., "Don't Stop Pretraining: Adapt Language Models to Domains and Tasks", ACL 2020.
"""

from collections.abc import Mapping
from typing import Any

from core.fields import Fields
from core.graph import Graph
from core.templates import _texts, text_transformer
from core.words import mark

LABEL = mark("Transformer that first learns your language (BERT-style)")
HELP = mark(
    "First guesses hidden words in all your texts, those without an answer too; then learns the answers. "
    "For many texts of which few have an answer."
)
FIELDS: Fields = {**text_transformer.FIELDS}


def suits(facts: Mapping[str, Any]) -> bool:
    """Whether there are texts in tokens, and nothing else than what can stand beside them."""
    return text_transformer.suits(facts)


def graph(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> Graph:
    """The layers. Raises SettingError where a field is outside its limits."""
    return text_transformer.graph(facts, fields)


def automatic(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What its automatic fields come to, to be shown while nobody has set them."""
    return text_transformer.automatic(facts)


def training(facts: Mapping[str, Any]) -> dict[str, Any]:
    return _texts.training_values(facts, learning_rate=5e-4, masked_words="on")
