"""A text becomes its pieces: words, pairs of words and short runs of letters, each known by a number.

This file needs only Python and NumPy and travels with `recipes.py`. What is known of a column of texts stands in its recipe:

    {"make": "pieces", "known": [104857, 7], "weights": [1.4, 2.9]}

where `known` are the numbers of the pieces that the network sees, those that tell most first, and `weights` how rare they are.
Where far more are known than one text holds, it is written as a list of those that it holds:

    {"make": "counts", "known": [104857, 7], "weights": [1.4, 2.9], "most": 256}

With `"letters": False`, as for long texts, runs of letters are left out: words and pairs of words say enough there.
"""

from itertools import pairwise

import numpy as np

NUMBERS = 1 << 20  # that a piece may have
LONGEST = 4_000  # characters of a text that are looked at
LETTER_EACH = 0x2E80  # from here on, scripts such as Chinese: each letter is a word
AT_ONCE = 1_000_000  # characters
WHOLE = 10_000  # by which a share is written down, so that codes and shares are whole numbers side by side
RUNS = (3, 4, 5)  # letters
_BASE = 0x9E3779B97F4A7C15


def pieces(texts, letters=True):
    """The words, pairs of words, and, with `letters`, runs of 3 to 5 letters of each text: its place and the piece's
    number, once for each time that it occurs. The same piece has the same number in every text, and so, rarely, has
    another one.

    Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009; the numbers are a
    polynomial of the letters modulo 2**64 (Karp and Rabin 1987), so that all pieces are numbered at once.
    """
    spaced = [f" {' '.join(text[:LONGEST].lower().split())} \n" for text in texts]
    signs = np.frombuffer("".join(spaced).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    met = np.bincount(signs)
    in_words = np.zeros(len(met), bool)
    in_words[[c for c in np.flatnonzero(met[:LETTER_EACH]).tolist() if chr(c).isalnum()]] = True
    inside = in_words[signs]
    blank, ends = (signs == 32) | (signs == 10), signs == 10
    text_of = np.cumsum(ends) - ends
    power, back = (np.full(len(signs) + 1, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 1 << 64)))
    power[0] = back[0] = 1
    power, back = np.cumprod(power), np.cumprod(back)
    sums = np.concatenate(
        [np.zeros(1, np.uint64), np.cumsum((signs.astype(np.uint64) + np.uint64(1)) * power[:-1])]
    )
    starts = np.flatnonzero(~blank & ~(inside & np.concatenate([[False], inside[:-1]])))
    stops = np.flatnonzero(~blank & ~(inside & np.concatenate([inside[1:], [False]]))) + 1
    pairs = text_of[starts[:-1]] == text_of[starts[1:]]
    spans = [(starts, stops), (starts[:-1][pairs], stops[1:][pairs])]
    for size in RUNS if letters else ():
        first = np.arange(max(len(signs) - size + 1, 0))
        first = first[text_of[first] == text_of[first + size - 1]]
        first = first[~ends[first + size - 1]]
        spans.append((first, first + size))
    # What a span is called depends on its letters and its sort, not on where it stands.
    numbers = [(sums[b] - sums[a]) * back[a] + np.uint64(sort) for sort, (a, b) in enumerate(spans)]
    mixed = np.concatenate(numbers)
    mixed = (mixed ^ (mixed >> np.uint64(31))) * np.uint64(_BASE)
    return np.concatenate([text_of[a] for a, _ in spans]), (mixed >> np.uint64(44)).astype(np.int64)


def shares(feature, texts):
    """Bytes [rows, pieces known]: how much of each text a piece is, by TF-IDF; half of a text is 255.

    Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988.
    """
    made = np.zeros((len(texts), len(feature["known"])), np.uint8)
    for at, rows, columns, values in _weighed(feature, texts):
        made[at + rows, columns] = np.minimum(np.round(510 * values), 255)
    return made


def counted(feature, texts):
    """The pieces that each text holds, int32 [rows, most, 2]: a piece's place among those known, from 1, and its share of
    the text by TF-IDF in parts of `WHOLE`; those with the largest share, in the order of their places. 0 where there are
    no more."""
    most = feature["most"]
    made = np.zeros((len(texts), most, 2), np.int32)
    for at, rows, columns, values in _weighed(feature, texts):
        order = np.lexsort((columns, -values, rows))
        rank = np.arange(len(order)) - np.searchsorted(rows[order], rows[order])
        kept = np.sort(order[rank < most])
        rows, columns, values = rows[kept], columns[kept], values[kept]
        rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
        made[at + rows, rank, 0] = columns + 1
        made[at + rows, rank, 1] = np.round(WHOLE * values)
    return made


def _weighed(feature, texts):
    """For some texts at a time, the place of the first, and of each piece known that one holds: the text, the piece's place
    and its share, the squares of which add up to 1 in each text; text by text."""
    place = np.full(NUMBERS, -1, np.int32)
    place[feature["known"]] = np.arange(len(feature["known"]))
    weights, width = np.asarray(feature["weights"]), len(feature["known"])
    for at, some in stretches(texts):
        rows, numbers = pieces(some, feature.get("letters", True))
        seen = place[numbers] >= 0
        cells, times = different(rows[seen] * width + place[numbers[seen]])
        rows, columns = np.divmod(cells, width)
        values = (1 + np.log(times)) * weights[columns]
        yield at, rows, columns, values / np.sqrt(np.bincount(rows, values**2, minlength=len(some)))[rows]


def different(numbers):
    """The different ones of some whole numbers, the smallest first, and how often each occurs; what `np.unique` gives,
    but by sorting, which is many times as fast as its hash table for millions of numbers."""
    numbers = np.sort(numbers)
    first = np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1))
    return numbers[first], np.diff(first, append=len(numbers))


def stretches(texts):
    """The texts a million letters at a time, with the place of the first."""
    ends = np.cumsum([min(len(text), LONGEST) + 3 for text in texts])
    cuts = [*np.flatnonzero(np.diff(ends // AT_ONCE, prepend=-1)).tolist(), len(texts)]
    for start, stop in pairwise(cuts):
        yield start, texts[start:stop]
