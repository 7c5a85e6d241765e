"""Which events train, which say when to stop and which are kept apart: what persons did last, never what they did before that."""

from dataclasses import dataclass

import numpy as np

from core.errors import DataError
from core.goal import Split
from core.tastes.events import FEWEST_TESTED, Events
from core.words import Sentence, mark

TRAIN, VALIDATION, TEST = 0, 1, 2
FEWEST = 3  # events of a person who is asked about: one to begin with, one to validate and one to test
MOST_VALIDATED, MOST_TESTED = 3_000, 20_000  # persons
MOST_SCORES, FEWEST_VALIDATED = (
    100_000_000,
    500,
)  # after each epoch: fewer persons are asked where items are very many


@dataclass(frozen=True)
class Sides:
    """Of each event, on which side it is, int8; beside it the persons who are asked about.

    Args:
        side: `TRAIN`, `VALIDATION` or `TEST` of each event; -1 where it counts for none.
        validation: The persons whose validation events are asked about, rising.
        test: Likewise.
        rated: As `side`, for ratings: of what was not liked too; None where there are none.
    """

    side: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    rated: np.ndarray | None = None


def divided(events: Events, split: Split) -> Sides:
    """The sides.

    By `"last"`, the latest event of each person is the test and the one before it validates; by `"chance"`, one by chance
    each; what persons did last who are so many that they are not asked about trains too; by `"time"`, the latest events of all are the test, from one moment on. What was not liked trains nothing.

    Raises:
        DataError: If there is nobody to test with.

    Source: Krichene and Rendle, "On Sampled Metrics for Item Recommendation", KDD 2020 (why all items are ranked); Ji et al.,
        "A Critical Study on Data Leakage in Recommender System Offline Evaluation", ACM TOIS 41 (2023) (the cut in time).
    """
    by_time = split.by == "time" and events.time is not None
    side = _cut(events, split) if by_time else _last(events, split)
    side = np.where(events.liked, side, -1).astype(np.int8)
    most = min(MOST_VALIDATED, max(FEWEST_VALIDATED, MOST_SCORES // (len(events.items) + 1)))
    asked = [
        _some(np.unique(events.person[side == one]), some, split.seed)
        for one, some in ((VALIDATION, most), (TEST, MOST_TESTED))
    ]
    if not by_time:
        side = _train_others(side, events.person, *asked)
    if min(map(len, asked)) < FEWEST_TESTED or not (side == TRAIN).any():
        raise DataError(
            mark("Only {count:,} persons are left to test with.", count=min(map(len, asked))),
            mark("Keep apart what each person did last instead of a stretch of time, or bring more rows.")
            if by_time
            else mark(
                "Bring more rows: {least:,} persons with three different items are the least.",
                least=FEWEST_TESTED,
            ),
        )
    return Sides(side, *asked)


def _some(persons: np.ndarray, most: int, seed: int) -> np.ndarray:
    """All of them, or as many by chance."""
    if len(persons) <= most:
        return persons
    return np.sort(np.random.RandomState(seed).permutation(persons)[:most])


def _last(events: Events, split: Split) -> np.ndarray:
    """Counted from each person's end: the last one tests, the one before validates."""
    rows = np.flatnonzero(events.liked)
    if split.by == "chance" or events.time is None:
        by_chance = np.random.RandomState(split.seed).permutation(len(rows))
        rows = rows[np.lexsort((by_chance, events.person[rows]))]
    person = events.person[rows]
    ends = np.searchsorted(person, person, side="right")
    left, count = ends - np.arange(len(rows)), ends - np.searchsorted(person, person)
    found = np.full(len(events.person), TRAIN)
    found[rows[(left == 1) & (count >= FEWEST)]] = TEST
    found[rows[(left == 2) & (count >= FEWEST)]] = VALIDATION
    return found


def _train_others(
    side: np.ndarray, person: np.ndarray, validation: np.ndarray, test: np.ndarray
) -> np.ndarray:
    """The same sides, with nothing kept apart of persons of whom it is not asked."""
    validated, tested = np.isin(person, validation), np.isin(person, test)
    spare = ((side == VALIDATION) & ~validated) | ((side == TEST) & ~tested & ~validated)
    return np.where(spare, np.int8(TRAIN), side)


def _cut(events: Events, split: Split) -> np.ndarray:
    """Cut at two moments, the same for everybody."""
    assert events.time is not None
    times = events.time[events.liked]
    first, second = np.quantile(times, [1 - split.test - split.validation, 1 - split.test])
    return np.where(events.time > second, TEST, np.where(events.time > first, VALIDATION, TRAIN))


def why(events_have_time: bool, by: str) -> Sentence:
    """Why the test is drawn like this."""
    if by == "time":
        return mark(
            "Everything after one moment is the test: nothing of the time to come is known in training, which is the strictest test."
        )
    if events_have_time:
        return mark(
            "What each person did last is the test, so that every person is asked about, new and old; nothing that a person "
            "did later is known."
        )
    return mark("Nothing says what came first, so one item of each person, drawn by chance, is the test.")
