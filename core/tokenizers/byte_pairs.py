"""Frequent runs of bytes, found by byte pair encoding: frequent words are whole, rare ones are put together from parts."""

from collections.abc import Sequence
from typing import Any

from core.tokenizers import _parts
from core.words import mark

LABEL = mark("Byte pairs")
HELP = mark(
    "Frequent words are one token, rare words several parts, down to single bytes: nothing is ever unknown, in any "
    "language. Good with many texts."
)
FIELDS = _parts.FIELDS
LEAST_CODES = 300  # both marks, all bytes, and a few pairs


def fit(texts: Sequence[str], most: int, lower: bool = True, keep_marks: bool = False) -> dict[str, Any]:
    """The tokenizer of these texts as JSON.

    Args:
        most: Different codes at most, padding and unknown among them; at least `LEAST_CODES` are made.

    Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", ACL 2016; on bytes: Radford et
    al., "Language Models are Unsupervised Multitask Learners", 2019, section 2.2.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers  # noqa: PLC0415

    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.normalizer = _parts.uniform(lower)
    # A space before the first word too, so that it is the same token as elsewhere; but none beside what stays whole, so that
    # the text can be put together again.
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=not keep_marks)
    made.post_processor = processors.ByteLevel(add_prefix_space=not keep_marks, trim_offsets=True)
    made.decoder = decoders.ByteLevel()
    known = _parts.some(texts)
    whole = _parts.kept(known, lower, most // 8) if keep_marks else []
    trainer = trainers.BpeTrainer(
        vocab_size=max(most, LEAST_CODES),
        min_frequency=_parts.LEAST,
        special_tokens=[*_parts.MARKS, *whole],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    return _parts.written(made, _parts.trained(made, trainer, known), whole)


def fit_exact(texts: Sequence[str], most: int, marks: Sequence[str]) -> dict[str, Any]:
    """A tokenizer that changes nothing, as JSON: each text comes back from its codes byte for byte (`core.tokens.text`).

    Capitals, spaces, wide letters and signs stay as they are, so that texts can be written from codes.

    Args:
        most: Different codes at most, marks among them; at least all bytes have one.
        marks: Codes that no text ever has, such as those that begin and end one, in their order; padding and unknown first.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers  # noqa: PLC0415

    made = Tokenizer(models.BPE(unk_token=marks[1]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=max(most, LEAST_CODES + len(marks)),
        min_frequency=_parts.LEAST,
        special_tokens=list(marks),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    return _parts.written(made, _parts.trained(made, trainer, _parts.some(texts)))
