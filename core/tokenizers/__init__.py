"""A shelf: ways to cut texts into tokens, trained on a column's texts; which of them suits, and how large it should be.

FIELDS        what can be set
fit           the tokenizer of these texts (training rows only) as JSON, with at most so many codes; see `core.tokens`
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from core import tokens
from core.shelf import Shelf
from core.tokenizers import _parts
from core.words import mark

SHELF = Shelf(__name__, mark("tokenizer"))

LOOKED_AT = 10_000  # texts, for what is suggested
MANY_WORDS = 500_000  # in all texts: from here on, parts of words have been seen often enough to be learned
SEEN_EACH = 100  # times that a code is seen on average
FEWEST, MOST = 1_024, 32_768  # codes
WORD = _parts.WORD  # what most of them take for a word, or for a sign
SHORTEST, LONGEST, LONGEST_CHARACTERS = 8, 512, 1_024  # tokens of a text
STEP = 8
COVERED = 0.95  # of the texts are kept whole
# Scripts written without spaces, and Korean, whose words have endings for everything.
_WITHOUT_SPACES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0xD7FF), (0x20000, 0x3FFFF))  # fmt: skip


def suggest(texts: Sequence[str]) -> str:
    """The tokenizer that suits these texts, by its name.

    Characters where most letters belong to scripts without spaces; byte pairs where there is much text, so that rare words
    and their parts can be learned; else words.

    Source: Zhang and LeCun, "Which Encoding is the Best for Text Classification in Chinese, English, Japanese and Korean?",
    2017, on characters and words; Sennrich et al., ACL 2016, on parts of words.
    """
    some = _some(texts)
    letters = np.frombuffer("".join(some).encode("utf-32-le"), "<u4")
    letters = letters[(letters > 0x40) & ((letters < 0x2000) | (letters >= 0x2E80))]
    alone = np.zeros(len(letters), bool)
    for low, high in _WITHOUT_SPACES:
        alone |= (letters >= low) & (letters <= high)
    if len(letters) and alone.mean() > 0.5:
        return "characters"
    return "byte_pairs" if _amount(texts) >= MANY_WORDS else "words"


def most_for(texts: Sequence[str]) -> int:
    """How many codes the amount of text can teach: a power of two, so that each is seen a hundred times on average.

    Source: Gowda and May, "Finding the Optimal Vocabulary Size for Neural Machine Translation", EMNLP 2020: nearly all codes
    should be seen a hundred times.
    """
    wanted = max(_amount(texts) / SEEN_EACH, 1)
    return int(np.clip(2 ** round(np.log2(wanted)), FEWEST, MOST))


def length_for(tokenizer: Mapping[str, Any], texts: Sequence[str]) -> int:
    """How many tokens of each text the network should see, so that nearly all texts are whole: a multiple of 8."""
    found = tokens.lengths({"tokenizer": tokenizer}, _some(texts))
    covered = np.quantile(found, COVERED, method="higher") if len(found) else 0
    longest = LONGEST if tokenizer["model"].get("merges") != [] else LONGEST_CHARACTERS
    return int(np.clip(-(-covered // STEP) * STEP, SHORTEST, longest))


def _some(texts: Sequence[str]) -> list[str]:
    """Some of the texts, spread evenly, as far as they are looked at."""
    return [tokens.clean(text) for text in texts[:: max(-(-len(texts) // LOOKED_AT), 1)]]


def _amount(texts: Sequence[str]) -> float:
    """About how many words all texts have; two characters of a script without spaces count as one."""
    some = _some(texts)
    words = sum(len(text.split()) + sum(map(len, _parts.WIDE.findall(text))) / 2 for text in some)
    return words * len(texts) / max(len(some), 1)
