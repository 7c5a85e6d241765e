"""What the tokenizers share: how a text is made uniform and cut into words, and how a trained one is written down."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from core import tokens
from core.fields import Switch
from core.words import mark

MARKS = ("<pad>", "<unk>")  # codes 0 and 1
LOOKED_AT = 100_000  # texts that a tokenizer is trained on
MOST_LETTERS = 10_000_000  # characters of them, all together
LONGEST_RUN = 100  # characters without a space, in training: what is longer is seldom a word
LEAST = 2  # times that a word or a part of one was seen, so that it is more than a slip

# Characters of scripts that are written without spaces: each is a token of its own, with the marks above and below it.
EACH = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
WIDE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uabff\U00020000-\U0003ffff]+"
)  # about the same, for Python
WORD = rf"[{EACH}]\p{{M}}*|[[\p{{L}}\p{{M}}\p{{N}}_]&&[^{EACH}]]+|[\p{{P}}\p{{S}}]\p{{M}}*"

# What a translation must carry over as it is: addresses, tags and entities of HTML, placeholders of programs. Numbers, too,
# but not inside words.
KEPT = (
    r"(?<!\w)\w{1,20}://[^\s<>\"]*[\w/]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    rf"|(?!{'|'.join(MARKS)})</?[A-Za-z][^<>]{{0,200}}>|&\#?\w+;"
    r"|%(?:\(\w+\)|\d+\$)?[-+\#0]*\d*(?:\.\d+)?l{0,2}[sdifgexXcu@](?!\p{L})"
    r"|\$?\{{1,2}[\w.:!,%\[\]-]{0,40}\}{1,2}"
)
NUMBER = r"(?<![\p{L}_])\p{N}+(?:[.,:/-]\p{N}+)*(?![\p{L}_])"

LOWER = Switch(
    label=mark("Capital letters count as small ones"),
    help=mark(
        "On: “Good” and “good” are the same token. Off: they are two, which can help where names or shouting matter."
    ),
    default=True,
)
KEEP_MARKS = Switch(
    label=mark("Placeholders, tags and addresses stay whole"),
    help=mark(
        "On: “{name}”, “%s”, “<b>” and web addresses are one token each, so that a translation can carry them over. "
        "Off: they are cut like other text.",
        name="{name}",
    ),
    default=False,
)
FIELDS = {"lower": LOWER, "keep_marks": KEEP_MARKS}


def uniform(lower: bool) -> Any:
    """How a text is written before it is cut: compatible forms as one (NFKC), and in small letters; accents stay."""
    from tokenizers import normalizers  # noqa: PLC0415 - a heavy library's gate

    steps = [normalizers.NFKC(), *([normalizers.Lowercase()] if lower else [])]
    return normalizers.Sequence(steps)


def in_words(keep_marks: bool) -> Any:
    """Words and single punctuation marks; spaces and characters that cannot be seen separate them."""
    return _found(f"{KEPT}|{NUMBER}|{WORD}" if keep_marks else WORD)


def _found(pattern: str) -> Any:
    from tokenizers import Regex, pre_tokenizers  # noqa: PLC0415 - a heavy library's gate

    return pre_tokenizers.Split(Regex(pattern), "removed", invert=True)


def kept(texts: Iterable[str], lower: bool, most: int, pattern: str = KEPT) -> list[str]:
    """The placeholders, tags and addresses that the texts repeat, the most frequent first."""
    normalizer, cut = uniform(lower), _found(pattern)
    met = Counter(
        token for text in texts for token, _ in cut.pre_tokenize_str(normalizer.normalize_str(text))
    )
    often = [token for token, times in met.items() if times >= LEAST]
    return sorted(often, key=lambda token: (-met[token], token))[:most]


def some(texts: Sequence[str]) -> list[str]:
    """The texts that a tokenizer is trained on: the same ones each time, fewer and shorter where there are very many."""
    rows = np.arange(len(texts))
    if len(rows) > LOOKED_AT:
        rows = np.sort(np.random.RandomState(1).permutation(rows)[:LOOKED_AT])
    each = max(MOST_LETTERS // max(len(rows), 1), 500)
    cut = (tokens.clean(texts[row])[: max(each, MOST_LETTERS // 1_000)] for row in rows.tolist())
    return _up_to(MOST_LETTERS, [re.sub(rf"(\S{{{LONGEST_RUN}}})(?=\S)", r"\1 ", text) for text in cut])


def _up_to(most: int, texts: Sequence[str]) -> list[str]:
    """As many of the texts, spread evenly, as have so many characters together."""
    total = sum(map(len, texts))
    step = max(-(-total // most), 1)
    return list(texts[::step])


def characters(texts: Iterable[str], lower: bool) -> list[tuple[str, int]]:
    """The different characters of the texts as they are written uniformly, and how often, the most frequent first."""
    normalizer = uniform(lower)
    counts = np.zeros(0x110000, np.int64)
    for text in texts:
        letters = np.frombuffer(normalizer.normalize_str(text).encode("utf-32-le"), "<u4")
        seen, times = np.unique(letters, return_counts=True)
        counts[seen] += times
    found = np.flatnonzero(counts)
    order = found[np.argsort(-counts[found], kind="stable")]
    return [(chr(letter), int(counts[letter])) for letter in order.tolist()]


def written(tokenizer: Any, model: dict[str, Any], whole: Iterable[str] = ()) -> dict[str, Any]:
    """The tokenizer's JSON with this model. No text is ever read as one of the marks, whatever it says.

    Args:
        whole: Tokens of the model that are looked for before a text is cut.
    """
    made = json.loads(tokenizer.to_str())
    found = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": True, "special": False}
    made["added_tokens"] = [{"id": model["vocab"][token], "content": token, **found} for token in whole]
    made["model"] = model
    return made


def trained(tokenizer: Any, trainer: Any, texts: Sequence[str]) -> dict[str, Any]:
    """The JSON of the tokenizer's model after training, its vocabulary in the order of the codes."""
    tokenizer.train_from_iterator(texts, trainer, length=len(texts))
    model = json.loads(tokenizer.to_str())["model"]
    model["vocab"] = dict(sorted(model["vocab"].items(), key=lambda item: item[1]))
    return model
