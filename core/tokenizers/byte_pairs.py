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


def fit(texts: Sequence[str], most: int, lower: bool = True) -> dict[str, Any]:
    """The tokenizer of these texts as JSON.

    Args:
        most: Different codes at most, padding and unknown among them; at least `LEAST_CODES` are made.

    Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", ACL 2016; on bytes: Radford et
    al., "Language Models are Unsupervised Multitask Learners", 2019, section 2.2.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers  # noqa: PLC0415

    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.normalizer = _parts.uniform(lower)
    # A space before the first word too, so that it is the same token as elsewhere.
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    made.post_processor = processors.ByteLevel(trim_offsets=True)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=max(most, LEAST_CODES),
        min_frequency=_parts.LEAST,
        special_tokens=list(_parts.MARKS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    return _parts.written(made, _parts.trained(made, trainer, _parts.some(texts)))
