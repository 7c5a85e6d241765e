"""Every single character, spaces among them: nothing of a text is lost, but the sequences are long."""

from collections.abc import Sequence
from typing import Any

from core.tokenizers import _parts
from core.words import mark

LABEL = mark("Characters")
HELP = mark(
    "Each character is one token. Good for Chinese, Japanese and Korean, for codes and names, and where spelling matters; "
    "slower, since texts become long."
)
FIELDS = {"lower": _parts.LOWER}


def fit(texts: Sequence[str], most: int, lower: bool = True) -> dict[str, Any]:
    """The tokenizer of these texts as JSON: byte pair encoding without a single merge, which is fastest.

    Args:
        most: Different codes at most, padding and unknown among them; the most frequent characters are kept.
    """
    from tokenizers import Tokenizer, models  # noqa: PLC0415 - a heavy library's gate

    found = _parts.characters(_parts.some(texts), lower)
    kept = [letter for letter, times in found if times >= _parts.LEAST][: most - len(_parts.MARKS)]
    vocab = {token: code for code, token in enumerate([*_parts.MARKS, *kept])}
    made = Tokenizer(models.BPE(vocab=vocab, merges=[], unk_token="<unk>"))
    made.normalizer = _parts.uniform(lower)
    return _parts.written(made, {"type": "BPE", "unk_token": "<unk>", "vocab": vocab, "merges": []})
