"""What counting alone foretells: how often each character came after the few before it, smoothed.

Source: Chen and Goodman, "An Empirical Study of Smoothing Techniques for Language Modeling", Computer Speech and Language
13 (1999), section 3: interpolated modified Kneser-Ney smoothing, with the discounts of equation 26.
"""

from dataclasses import dataclass

import numpy as np

ORDER = 6


@dataclass(frozen=True)
class _Level:
    """The runs of one length: of a context and the code after it, how often it counts, and what is left for shorter ones.

    Args:
        keys: Context times all codes plus code, sorted; its place is the run's number.
        share: What each run has of its context, without the discount.
        left: For each context, the share that goes to shorter runs; 1 where it was never seen.
    """

    keys: np.ndarray
    share: np.ndarray
    left: np.ndarray


class KneserNey:
    """Counts of a stream of codes.

    Args:
        stream: What is learned from, whole numbers below `codes`.
        order: The longest run that is counted, the foretold code included.
    """

    def __init__(self, stream: np.ndarray, codes: int, order: int = ORDER):
        self.codes, self.levels = codes, []
        stream = np.asarray(stream, np.int64)
        runs, found = [np.zeros(len(stream), np.int64)], []  # the run that ends at each place, by its number
        valid = 0
        for number in range(1, min(order, len(stream)) + 1):
            contexts = np.full(len(stream), -1, np.int64)
            contexts[number - 1 :] = runs[-1][number - 2 : -1] if number > 1 else 0
            valid = number - 1  # before this place there is no whole run
            keys, first, names, counts = np.unique(
                contexts[valid:] * codes + stream[valid:],
                return_index=True,
                return_inverse=True,
                return_counts=True,
            )
            whole = np.full(len(stream), -1, np.int64)
            whole[valid:] = names
            runs.append(whole)
            found.append((keys, first + valid, counts))
        for number, (keys, _, counts) in enumerate(found):
            if number + 1 < len(
                found
            ):  # of shorter runs it counts how many different codes stand before them
                _, places, _ = found[number + 1]
                counts = np.bincount(runs[number + 1][places], minlength=len(keys))
                counts = np.maximum(counts, 1)  # only the very first run of the stream has none before it
            contexts = len(found[number - 1][0]) if number else 1
            self.levels.append(_level(keys, counts.astype(np.float64), codes, contexts))

    def chances(self, stream: np.ndarray) -> np.ndarray:
        """How likely each code of another stream was held, given those before it there, float64 [codes]."""
        stream = np.asarray(stream, np.int64)
        likely = np.full(len(stream), 1.0 / self.codes)
        context = np.zeros(len(stream), np.int64)
        for level in self.levels:
            run = np.where(context >= 0, context * self.codes + stream, -1)
            place = np.minimum(np.searchsorted(level.keys, run), len(level.keys) - 1)
            known = (context >= 0) & (level.keys[place] == run)
            left = np.where(context >= 0, level.left[np.maximum(context, 0)], 1.0)
            likely = np.where(known, level.share[place], 0.0) + left * likely
            context = np.concatenate([[-1], np.where(known, place, -1)[:-1]])
        return likely


def _level(keys: np.ndarray, counts: np.ndarray, codes: int, contexts: int) -> _Level:
    """Discounts by how often a run was seen: once, twice, or more often."""
    often = [float(np.count_nonzero(counts == times)) for times in (1, 2, 3, 4)]
    y = often[0] / max(often[0] + 2 * often[1], 1.0)
    discounts = [
        float(np.clip(times - (times + 1) * y * often[times] / often[times - 1], 0.1, times - 0.05)) if often[times - 1] else 0.5
        for times in (1, 2, 3)
    ]  # fmt: skip
    taken = np.where(counts < 1.5, discounts[0], np.where(counts < 2.5, discounts[1], discounts[2]))
    of = keys // codes
    total = np.bincount(of, counts, contexts)
    left = np.bincount(of, taken, contexts) / np.where(total > 0, total, 1.0)
    return _Level(keys, (counts - taken) / total[of], np.where(total > 0, left, 1.0))
