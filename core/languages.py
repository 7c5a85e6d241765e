"""In which language the texts of a column are written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core.words import language, say

MIXED = "mixed"
NO_LANGUAGE = "zxx"  # as ISO 639-2 calls what is none, such as codes and addresses

LOOKED_AT = 500  # texts
LONGEST = 300  # characters of each
TELLING = 0.12  # chance of the likeliest language from which on a text says anything
SURE = 0.5  # chance that at least one text must give the language
MAIN = 0.8  # share of the texts from which on the others are exceptions
LEAST = 0.02  # share that a language must have to be named
ROUNDS = 20  # at most; few texts cannot tell the shares finely, so they get fewer
FEW = 0.01  # of a text, as which each language counts beforehand
# Languages of most pages of the web, and others that are a state's own: one of these is twenty times as rare, to begin with.
COMMON = (
    "en", "de", "fr", "es", "pt", "it", "nl", "ru", "ar", "he", "hi", "th", "zh", "ja", "ko", "tr", "pl", "vi", "id", "fa",
    "uk", "cs", "sv",
)  # fmt: skip
OTHERS = (
    "af", "am", "az", "be", "bg", "bn", "bs", "ca", "cy", "da", "el", "et", "eu", "fi", "ga", "gl", "gu", "hr", "hu", "hy",
    "is", "ka", "kk", "km", "kn", "ky", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "ne", "no", "pa", "ps", "ro",
    "si", "sk", "sl", "so", "sq", "sr", "sw", "ta", "te", "tl", "ur", "uz", NO_LANGUAGE,
)  # fmt: skip
_WEIGHTS = np.array([1.0] * len(COMMON) + [0.05] * len(OTHERS))
_NO_WORDS = re.compile(r"<[^<>]*>|\w+://\S+|\S+@\S+|[\d_]+")


@dataclass(frozen=True)
class Guess:
    """What a column seems to be written in.

    Args:
        code: The language by ISO 639-1, such as `de`; `mixed` where none has most texts; empty where nothing can be told.
        share: How many of the texts that tell any language are in it, 0 to 1; of `mixed`, in the most frequent language.
        shares: The same for each language met, the most frequent first.
    """

    code: str
    share: float
    shares: Mapping[str, float]

    @property
    def name(self) -> str:
        """The language's name, in the language spoken now; empty where nothing can be told."""
        return "" if not self.code else say("Several languages") if self.code == MIXED else name(self.code)


def guess(texts: Sequence[str]) -> Guess:
    """The language of most of the texts, as some of them, spread evenly, tell it.

    Each text alone tells little where it is short, so all are judged together: the shares of the languages are those that
    make the texts most likely.

    Source: Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012, for one text; Saerens et
    al., "Adjusting the Outputs of a Classifier to New a Priori Probabilities", Neural Computation 14 (2002), for all.
    """
    some = texts[:: max(-(-len(texts) // LOOKED_AT), 1)]
    words = [_NO_WORDS.sub(" ", text[: 4 * LONGEST]).strip()[:LONGEST] for text in some]
    chances = _chances([text for text in words if sum(map(str.isalpha, text)) > 1])
    # Rows that fit no language better than others, such as "ok", say nothing.
    chances = chances[chances.max(axis=1, initial=0) >= TELLING]
    alone = chances * _WEIGHTS
    alone /= alone.sum(axis=1, keepdims=True)
    weights = _WEIGHTS / _WEIGHTS.sum()
    for _ in range(min(len(chances) + 2, ROUNDS)):
        each = chances * weights
        each /= each.sum(axis=1, keepdims=True)
        weights = (each.sum(axis=0) + FEW * _WEIGHTS) / (len(each) + FEW * _WEIGHTS.sum())
    return _told(alone, each)


def name(code: str) -> str:
    """A language's name in the language spoken now."""
    from babel import Locale  # noqa: PLC0415 - its tables are wanted here only

    return Locale.parse(language()).languages.get(code, code)


def _told(alone: np.ndarray, together: np.ndarray) -> Guess:
    """The guess from each text's languages [texts, languages], judged alone and with the others."""
    codes = np.array([*COMMON, *OTHERS])
    nothing = Guess("", 0.0, {})
    if not len(together):
        return nothing
    share = together.mean(axis=0)
    spoken = codes != NO_LANGUAGE
    first = np.argmax(share)
    if not spoken[first] or alone[:, first].max() < SURE:
        return nothing
    share = np.where(spoken, share, 0) / share[spoken].sum()
    order = [place for place in np.argsort(-share, kind="stable") if share[place] >= LEAST]
    shares = {str(codes[place]): round(float(share[place]), 3) for place in order}
    code = str(codes[first])
    return Guess(code if shares[code] >= MAIN else MIXED, shares[code], shares)


def _chances(texts: Sequence[str]) -> np.ndarray:
    """How likely each language is for each text, [texts, languages], all being equally frequent."""
    known = _identifier()
    told = [dict(known.rank(text)) for text in texts]
    found = [[chances[code] for code in (*COMMON, *OTHERS)] for chances in told]
    return np.array(found, np.float64).reshape(-1, len(_WEIGHTS))


@lru_cache(1)
def _identifier() -> Any:
    """The model, half a second to load."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - a heavy library's gate

    opened = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    opened.set_languages([*COMMON, *OTHERS])
    return opened
