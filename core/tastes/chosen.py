"""The linear model beside a network: how strong, how fast what was long ago fades, and how much it counts; validation persons decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core import recommending
from core.tasks import recommend
from core.tastes import linear
from core.tastes.apart import VALIDATION
from core.tastes.events import Events
from core.tastes.prepared import side_pasts
from core.words import Sentence

STRENGTHS = (3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0)
HALVES = (0.0, 3.0, 6.0, 12.0, 25.0, 60.0)  # later items after which one counts half
FIRST_HALF = 12.0
SHARES = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
WORTH = 0.002  # of NDCG@10: less than that is chance, and the simpler one stays


@dataclass(frozen=True)
class Chosen:
    """What validation persons decided.

    Args:
        strength: How strongly weights are pulled towards zero; 0 where there is no linear model.
        half: After how many later items one counts half; 0 where all count alike.
        share: How much the linear model counts beside the network, 0 to 1.
        alone: NDCG@10 of the network, of the linear model and of both, on validation persons.
    """

    strength: float = 0.0
    half: float = 0.0
    share: float = 0.0
    alone: tuple[float, float, float] = (0.0, 0.0, 0.0)


class Judged:
    """Validation persons, and how good scores are for them."""

    def __init__(self, events: Events, side: np.ndarray, asked: np.ndarray):
        self.codes = len(events.items) + 1
        self.persons = asked
        self.pasts, right = side_pasts(events, side, asked, VALIDATION)
        self.right = filled(right)
        self.seen = filled(self.pasts)
        self.open_to = np.ones((len(asked), self.codes), bool)
        np.put_along_axis(self.open_to, self.seen, False, 1)
        self.open_to[:, 0] = False

    def worth(self, scores: np.ndarray) -> float:
        return self.figures(scores)[recommend.MAIN]

    def figures(self, scores: np.ndarray) -> dict[str, float]:
        places = recommend.ranks(scores, self.right, self.seen)
        return {name: float(values.mean()) for name, values in recommend.by_person(places).items()}


def filled(lists: Sequence[np.ndarray]) -> np.ndarray:
    """Lists of codes as one array, filled up with 0."""
    width = max((len(one) for one in lists), default=0) or 1
    found = np.zeros((len(lists), width), np.int64)
    for row, one in enumerate(lists):
        found[row, : len(one)] = one
    return found


def choose_linear(
    judged: Judged, pairs: np.ndarray, ordered: bool, strength: float = 0.0,
    tell: Callable[[float, Sentence | None], None] = lambda share, text: None,
) -> tuple[float, float, float]:  # fmt: skip
    """The strength and the half of the linear model that suit the validation persons best, and its NDCG@10.

    Args:
        pairs: Of the training events, as `linear.together` gives them.
        strength: Where somebody has set it, that.
    """
    half = FIRST_HALF if ordered else 0.0
    had = recommending.counts(judged.pasts, judged.codes, half)
    best = (-1.0, 0.0)
    for number, one in enumerate((strength,) if strength else STRENGTHS):
        worth = judged.worth(had @ linear.solved(pairs, one).astype(np.float32))
        tell(number / len(STRENGTHS), None)
        if worth > best[0]:
            best = (worth, one)
        elif one > 4 * best[1]:
            break
    worth, strength = best
    if not ordered:
        return strength, 0.0, worth
    weights = linear.solved(pairs, strength).astype(np.float32)
    halves = [
        (judged.worth(recommending.counts(judged.pasts, judged.codes, one) @ weights), one) for one in HALVES
    ]
    worth, half = max([(worth, half), *halves])
    return strength, half, worth


def choose_share(
    judged: Judged, network: np.ndarray, said: np.ndarray
) -> tuple[float, tuple[float, float, float]]:
    """How much the linear model is to count, and NDCG@10 of the network, the linear model and both.

    The network alone, or the linear model alone, stays where both together are hardly better.
    """
    worths = [judged.worth(recommending.together(network, said, share, judged.open_to)) for share in SHARES]
    best = int(np.argmax(worths))
    simple = 0 if worths[0] >= worths[-1] else len(SHARES) - 1
    if worths[best] < worths[simple] + WORTH:
        best = simple
    return SHARES[best], (worths[0], worths[-1], worths[best])
