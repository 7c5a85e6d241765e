"""Which stretch of the stream trains, which validates and which is kept apart, and its windows."""

from dataclasses import dataclass

import numpy as np

from core.errors import DataError
from core.goal import Split
from core.words import mark

LENGTHS = ((20_000, 32), (200_000, 64), (None, 128))  # characters of all texts: how far back is looked
FEWEST = 400  # characters
MOST_JUDGED = 256  # validation windows
# Characters of an epoch: of short texts windows overlap, and of long ones an epoch is a part, so that samples and
# validation come every few seconds.
EPOCH = (64_000, 262_144)


@dataclass(frozen=True)
class Sides:
    """Where the stretches end, in places of the stream.

    Args:
        validation: Where training ends and validation begins.
        test: Where validation ends and the test begins.
        end: One after the last place.
        length: How many characters a window has.
    """

    validation: int
    test: int
    end: int
    length: int


def divide(characters: int, split: Split) -> Sides:
    """The stretches one after the other, so that nothing of what is asked was read in training.

    Raises:
        DataError: If there is too little text.
    """
    if characters < FEWEST:
        raise DataError(
            mark(
                "The texts have {count:,} characters together, too few to learn to write from.",
                count=characters,
            ),
            mark(
                "Bring at least {least:,}; some ten thousand are a beginning, and a novel is good.",
                least=FEWEST,
            ),
        )
    length = next(length for most, length in LENGTHS if most is None or characters <= most)
    least = length + 1
    test = characters - max(round(characters * split.test), least)
    validation = test - max(round(characters * split.validation), least)
    return Sides(validation, test, characters, length)


def starts(begin: int, end: int, length: int, step: int) -> np.ndarray:
    """The first places of windows that lie, with the character after them, between two places of the stream."""
    return np.arange(begin, max(end - length, begin + 1), step)


def windows(stream: np.ndarray, first: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    """What is read, and what comes next at each place: both int32 [windows, length]."""
    places = first[:, None] + np.arange(length + 1)[None, :]
    found = stream[np.minimum(places, len(stream) - 1)]
    return np.ascontiguousarray(found[:, :-1]), np.ascontiguousarray(found[:, 1:])


def training(sides: Sides) -> np.ndarray:
    """Where the windows of an epoch begin: evenly spread. Training moves each by chance (`core.worker.streams`)."""
    room = max(sides.validation - sides.length, 1)
    count = max(int(np.clip(room, *EPOCH)) // sides.length, 1)
    return np.arange(count) * room // count


def judged(sides: Sides) -> np.ndarray:
    """Where validation windows begin: side by side, evenly fewer where there are many."""
    every = starts(sides.validation, sides.test, sides.length, sides.length)
    return every[np.unique(np.linspace(0, len(every) - 1, min(len(every), MOST_JUDGED)).round().astype(int))]
