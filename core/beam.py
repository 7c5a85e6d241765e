"""The likeliest sequences of tokens are searched for, with NumPy alone, some at a time for each row.

A network says how likely each token is to come next; the likeliest whole sequence seldom begins with the likeliest token, so
that several beginnings of each row are followed at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

LEAST = 1e-30  # what counts as the chance of what a network holds for impossible
ALPHA = 0.6  # how far long sequences are forgiven being long

Step = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Found:
    """A sequence that was found.

    Args:
        codes: Its tokens, without those that begin and end it.
        score: The logarithm of its chance, divided by `length_penalty`; the higher, the better.
        ended: Whether it came to its end; else it was cut off where it became too long.
    """

    codes: tuple[int, ...]
    score: float
    ended: bool


def length_penalty(length: int, alpha: float = ALPHA) -> float:
    """What the logarithm of a chance is divided by, so that long sequences can win: 1 for a single token.

    Source: Wu et al., "Google's Neural Machine Translation System", 2016, section 7.

    Example:
        >>> length_penalty(1), length_penalty(7, alpha=1.0)
        (1.0, 2.0)
    """
    return ((5 + length) / 6) ** alpha


def search(
    step: Step, rows: int, begin: int, end: int, longest: int, beams: int = 4, alpha: float = ALPHA
) -> list[list[Found]]:
    """For each row the best sequences that were found, the best first; one beam always takes the likeliest token.

    Args:
        step: Is given which row each beginning belongs to [beginnings], and its codes so far [beginnings, tokens], `begin` the
            first of them; answers with the chances of what comes next [beginnings, vocabulary].
        longest: Tokens of a sequence at most, its end not counted.
        beams: Beginnings of each row that are followed at once, and sequences that are given back at most.
    """
    alive = {row: [((begin,), 0.0)] for row in range(rows)}
    found: list[list[Found]] = [[] for _ in range(rows)]
    for length in range(1, longest + 2):
        if not alive:
            break
        of = np.repeat(list(alive), [len(some) for some in alive.values()])
        codes = np.array([codes for some in alive.values() for codes, _ in some], np.int32)
        chances = np.log(np.maximum(np.asarray(step(of, codes), np.float64), LEAST))
        going = {}
        for row, some in alive.items():
            sums = chances[of == row] + np.array([total for _, total in some])[:, None]
            found[row] += [
                Found(codes[1:], float(total / length_penalty(length, alpha)), True)
                for (codes, _), total in zip(some, sums[:, end].tolist(), strict=True)
                if beams > 1 or total == sums.max()
            ]
            left = [] if beams == 1 and found[row] else _best(some, sums, end, beams)
            if length > longest:
                goes_on = sums.argmax(axis=1) != end  # one that would end here anyway is not cut off
                found[row] += [_cut(*one, alpha) for one, on in zip(some, goes_on, strict=True) if on]
            elif left and not _settled(found[row], left, longest, beams, alpha):
                going[row] = left
        alive = going
    return [sorted(some, key=lambda one: -one.score)[:beams] for some in found]


def _best(
    some: list[tuple[tuple[int, ...], float]], sums: np.ndarray, end: int, beams: int
) -> list[tuple[tuple[int, ...], float]]:
    """The likeliest beginnings that are one token longer; of equals, those that came first."""
    sums = sums.copy()
    sums[:, end] = -np.inf
    flat = sums.reshape(-1)
    places = np.argsort(-flat, kind="stable")[:beams]
    return [
        ((*some[place // sums.shape[1]][0], place % sums.shape[1]), float(flat[place]))
        for place in places.tolist()
        if np.isfinite(flat[place])
    ]


def _settled(
    found: list[Found],
    left: list[tuple[tuple[int, ...], float]],
    longest: int,
    beams: int,
    alpha: float,
) -> bool:
    """Whether no beginning can still become one of the best: each further token only makes it less likely."""
    if len(found) < beams:
        return False
    worst = sorted((one.score for one in found), reverse=True)[beams - 1]
    return left[0][1] / length_penalty(longest + 1, alpha) <= worst


def _cut(codes: tuple[int, ...], total: float, alpha: float) -> Found:
    return Found(codes[1:], total / length_penalty(len(codes) - 1, alpha) if len(codes) > 1 else total, False)
