"""The linear model beside a network: how strong, how fast what was long ago fades, and how much it counts; validation persons decide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core import recommending
from core.tasks import recommend
from core.tastes.apart import VALIDATION
from core.tastes.events import Events
from core.tastes.linear import Model, Tell, untold
from core.tastes.pairs import Pairs
from core.tastes.prepared import side_pasts

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


@dataclass(frozen=True)
class Fitted:
    """A linear model, as `core.recommending` reads it, with its strength and half, and NDCG@10 on validation persons."""

    strength: float
    half: float
    worth: float
    model: Model


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

    def said(self, model: Model, half: float) -> np.ndarray:
        """What a linear model says to them, [persons, codes]."""
        return recommending.said(model, self.pasts, self.codes, half)

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
    judged: Judged, pairs: Pairs, ordered: bool, strength: float = 0.0, tell: Tell = untold
) -> Fitted:
    """The linear model whose strength and half suit the validation persons best.

    Args:
        pairs: Of the training events.
        strength: Where somebody has set it, that.
    """
    half = FIRST_HALF if ordered else 0.0
    tried, best = (strength,) if strength else STRENGTHS, None
    for one, model in zip(tried, pairs.models(tried, tell), strict=True):
        worth = judged.worth(judged.said(model, half))
        if best is None or worth > best.worth:
            best = Fitted(one, half, worth, model)
        elif one > 4 * best.strength:
            break
    assert best is not None
    halves = [(judged.worth(judged.said(best.model, one)), one) for one in HALVES] if ordered else []
    worth, half = max([(best.worth, best.half), *halves])
    return replace(best, half=half, worth=worth)


def choose_share(
    judged: Judged, network: np.ndarray, said: np.ndarray
) -> tuple[float, tuple[float, float, float]]:
    """How much the linear model is to count, and NDCG@10 of the network, the linear model and both.

    The network alone, or the linear model alone, stays where both together are hardly better.
    """
    network, said = (recommending.scaled(one, judged.open_to) for one in (network, said))
    worths = [judged.worth((1 - share) * network + share * said) for share in SHARES]
    best = int(np.argmax(worths))
    simple = 0 if worths[0] >= worths[-1] else len(SHARES) - 1
    if worths[best] < worths[simple] + WORTH:
        best = simple
    return SHARES[best], (worths[0], worths[-1], worths[best])
