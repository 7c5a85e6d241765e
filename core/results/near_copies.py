"""Texts that are nearly the same: pairs found among a hundred thousand texts in seconds, by the runs of letters that they share.

Two texts are compared by all runs of four letters in them, whatever their case, punctuation and digits. Pairs that may be
alike come from MinHash in bands; each is then measured on all of its runs.

Sources: Broder, "On the resemblance and containment of documents", SEQUENCES 1997; the bands are those of Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", 3rd edition (2020), section 3.4.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

ALIKE = 0.8  # share of all their runs of letters that two texts have in common
RUN = 4  # letters
MOST_TEXTS = 100_000  # different ones that are compared
LONGEST = 4_000  # characters of a text that are compared
MOST_LETTERS = 20_000_000  # of all texts together, from which candidates come; each gives its beginning
FEWEST_LETTERS = 12  # of a text; shorter ones are near to too many
BANDS, EACH = 10, 3  # a pair that shares 0.8 is found in 999 of 1,000 cases, one that shares 0.5 in 74 of 100
PROMISING = (
    0.55  # share of two sketches that has to be equal; of texts just alike enough, 999 of 1,000 have more
)
MOST_IN_A_BAND = 8  # earlier texts of the same band that a text is compared with
AT_ONCE = 100_000  # characters: as much as a processor keeps at hand
MEASURED_AT_ONCE = 2_000  # pairs
LETTER_EACH = 0x2E80  # from here on, scripts such as Chinese: each letter is a word

_BETWEEN = re.compile(r"[\W_]+")
_BESIDE_WIDE = re.compile("(?<=[\u2e80-\U0003ffff]) | (?=[\u2e80-\U0003ffff])")  # scripts without spaces
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True)
class Pair:
    """Two texts that are nearly the same.

    Args:
        first: Place of the one among the texts.
        second: Place of the other, always behind the first.
        alike: The share of all their runs of letters that both have, from `ALIKE` to 1.
    """

    first: int
    second: int
    alike: float


def plain(text: str) -> str:
    """The text as it is compared: small letters, no punctuation, each digit 0, single spaces.

    Example:
        >>> plain("Room 12,  GREAT!")
        'room 00 great'
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    return _DIGITS.sub("0", _BESIDE_WIDE.sub("", _BETWEEN.sub(" ", text))).strip()


def find(texts: Sequence[str]) -> list[Pair]:
    """Pairs of nearly the same texts, the earliest first. Every text that has a near copy before it is in some pair.

    Not every pair of a large group of copies is named: of texts that are equal as they are compared, each is paired with the
    first of them, and only that one with others.
    """
    first_of: dict[str, int] = {}
    found: list[Pair] = []
    for place, text in enumerate(map(plain, texts)):
        if len(text) < FEWEST_LETTERS and not _wide(text):
            continue
        first = first_of.setdefault(text, place)
        if first != place:
            found.append(Pair(first, place, 1.0))
    several = list(first_of)[:MOST_TEXTS]
    places = list(first_of.values())
    for one, other, alike in _measured(several, _candidates(several)):
        found.append(Pair(places[one], places[other], alike))
    return sorted(found, key=lambda pair: (pair.first, pair.second))


def _wide(text: str) -> bool:
    """Whether a short text says much, because each of its letters is a word."""
    return len(text) >= FEWEST_LETTERS // 2 and ord(text[0]) >= LETTER_EACH


def _candidates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs that share a band of their sketches, and enough of the whole of them, each once."""
    sketches = _sketches(texts)
    found: set[int] = set()
    for band in range(BANDS):
        rows = sketches[:, band * EACH : (band + 1) * EACH].astype(np.uint64)
        key = rows[:, 0]
        for more in rows.T[1:]:
            key = (key * np.uint64(0x9E3779B97F4A7C15)) ^ (more + np.uint64(0x7F4A7C15))
        order = np.argsort(key, kind="stable")
        key = key[order]
        for back in range(1, MOST_IN_A_BAND + 1):
            same = np.flatnonzero(key[back:] == key[:-back])
            if not len(same):
                break
            one, other = order[same].astype(np.int64), order[same + back].astype(np.int64)
            likely = (sketches[one] == sketches[other]).mean(1) >= PROMISING
            one, other = one[likely], other[likely]
            found.update((np.minimum(one, other) * len(texts) + np.maximum(one, other)).tolist())
    return [divmod(pair, len(texts)) for pair in sorted(found)]


def _sketches(texts: Sequence[str]) -> np.ndarray:
    """For each text the smallest of its runs' numbers under each of some shuffles, uint32 [texts, BANDS * EACH]."""
    random = np.random.RandomState(1)
    shuffles = random.randint(1, 1 << 31, BANDS * EACH).astype(np.uint32) | np.uint32(1)
    most = min(LONGEST, max(200, MOST_LETTERS // max(len(texts), 1)))
    made = np.zeros((len(texts), BANDS * EACH), np.uint32)
    ends = np.cumsum([min(len(text), most) for text in texts])
    cuts = [*np.flatnonzero(np.diff(ends // AT_ONCE, prepend=-1)).tolist(), len(texts)]
    for start, stop in pairwise(cuts):
        numbers, begins = _runs([text[:most] for text in texts[start:stop]])
        for place, times in enumerate(shuffles):
            shuffled = numbers * times
            made[start:stop, place] = np.minimum.reduceat(shuffled ^ (shuffled >> np.uint32(15)), begins)
    return made


def _runs(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The number of each run of letters, text after text, and where each text's runs begin; every text has at least one."""
    spaced = [text.ljust(RUN) for text in texts]
    letters = np.frombuffer("".join(spaced).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32)
    long = np.array([len(text) for text in spaced])
    numbers = letters[: len(letters) - RUN + 1].copy()
    for further in range(1, RUN):
        numbers = numbers * np.uint32(0x01000193) + letters[further : len(letters) - RUN + 1 + further]
    inside = np.ones(len(letters), bool)  # no run goes from one text into the next
    ends = np.cumsum(long)
    for back in range(1, RUN):
        inside[ends - back] = False
    begins = np.concatenate([[0], np.cumsum(long - RUN + 1)[:-1]])
    return _mixed(numbers[inside[: len(numbers)]]), begins


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Numbers whose every bit depends on all of theirs, so that a product is enough to shuffle them."""
    for shift, times in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        numbers = (numbers ^ (numbers >> np.uint32(shift))) * np.uint32(times)
    return numbers ^ (numbers >> np.uint32(16))


def _measured(texts: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, float]]:
    """Those of the pairs that are alike enough, with how alike they are (Jaccard)."""
    for at in range(0, len(pairs), MEASURED_AT_ONCE):
        some = pairs[at : at + MEASURED_AT_ONCE]
        needed = sorted({place for pair in some for place in pair})
        numbers, begins = _runs([texts[place][:LONGEST] for place in needed])
        sets = {
            place: np.unique(runs) for place, runs in zip(needed, np.split(numbers, begins[1:]), strict=True)
        }
        for one, other in some:
            both = len(np.intersect1d(sets[one], sets[other], assume_unique=True))
            alike = both / (len(sets[one]) + len(sets[other]) - both)
            if alike >= ALIKE:
                yield one, other, alike
