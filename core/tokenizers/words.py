"""Whole words and single punctuation marks, the most frequent ones; characters of scripts without spaces one by one."""

from collections.abc import Sequence
from typing import Any

from core.tokenizers import _parts
from core.words import mark

LABEL = mark("Words")
HELP = mark(
    "Each word is one token. Easy to read and good with few texts; words seen only once in training are unknown."
)
FIELDS = _parts.FIELDS


def fit(texts: Sequence[str], most: int, lower: bool = True, keep_marks: bool = False) -> dict[str, Any]:
    """The tokenizer of these texts as JSON.

    Args:
        most: Different codes at most, padding and unknown among them; the most frequent words are kept.
    """
    from tokenizers import Tokenizer, models, trainers  # noqa: PLC0415 - a heavy library's gate

    made = Tokenizer(models.WordLevel(unk_token="<unk>"))
    made.normalizer, made.pre_tokenizer = _parts.uniform(lower), _parts.in_words(keep_marks)
    # This trainer orders the words by their number and then by their letters: the same texts give the same codes.
    trainer = trainers.WordLevelTrainer(
        vocab_size=most, min_frequency=_parts.LEAST, special_tokens=list(_parts.MARKS), show_progress=False
    )
    return _parts.written(made, _parts.trained(made, trainer, _parts.some(texts)))
