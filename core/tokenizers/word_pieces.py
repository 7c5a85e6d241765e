"""Words or, where they are rare, their parts, found as for BERT: the longest known beginning first."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from core.tokenizers import _parts
from core.words import mark

LABEL = mark("Word pieces")
HELP = mark(
    "Frequent words are one token, rare words several parts, as in BERT. Easier to read than byte pairs; a word with a "
    "character never seen is unknown."
)
FIELDS = _parts.FIELDS
INSIDE = "##"  # before a part that goes on with a word


def fit(texts: Sequence[str], most: int, lower: bool = True, keep_marks: bool = False) -> dict[str, Any]:
    """The tokenizer of these texts as JSON.

    Args:
        most: Different codes at most, padding and unknown among them.

    Source: Wu et al., "Google's Neural Machine Translation System", 2016, section 4.1; trained, as the library does, by
    merging the most frequent pairs.
    """
    from tokenizers import Tokenizer, models, trainers  # noqa: PLC0415 - a heavy library's gate

    known = _parts.some(texts)
    made = Tokenizer(models.WordPiece(unk_token="<unk>"))
    made.normalizer, made.pre_tokenizer = _parts.uniform(lower), _parts.in_words(keep_marks)
    letters = _letters(known, most, lower)
    whole = _parts.kept(known, lower, most // 8, f"{_parts.KEPT}|{_parts.NUMBER}") if keep_marks else []
    # The library meets words, and so letters inside of them, in another order each time, and keeps letters that are as
    # rare as others by chance: named beforehand, all of them have their codes already.
    inside = [INSIDE + letter for letter in letters if _goes_on(letter)]
    trainer = trainers.WordPieceTrainer(
        vocab_size=most,
        min_frequency=_parts.LEAST,
        special_tokens=[*_parts.MARKS, *letters, *inside, *whole],
        initial_alphabet=letters,
        limit_alphabet=len(letters),
        continuing_subword_prefix=INSIDE,
        show_progress=False,
    )
    return _parts.written(made, _parts.trained(made, trainer, known))


def _letters(texts: Sequence[str], most: int, lower: bool) -> list[str]:
    """The characters that are known: the most frequent ones, which take no more than half of the codes."""
    found = _parts.characters(texts, lower)
    return [
        letter
        for letter, times in found
        if times >= _parts.LEAST and unicodedata.category(letter)[0] in "LMNPS"
    ][: max(most // 4, 1)]


def _goes_on(letter: str) -> bool:
    """Whether it can stand inside a word."""
    return letter == "_" or unicodedata.category(letter)[0] in "LMN"
