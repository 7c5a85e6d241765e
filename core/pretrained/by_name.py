"""Texts sorted by the names of the answers alone: each gets the answer whose name is nearest in meaning.

Source: Yin, Hay and Roth, "Benchmarking Zero-shot Text Classification", EMNLP-IJCNLP 2019, section 5 (nearest label by
vectors of meaning).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import DataError
from core.pretrained import meaning
from core.words import mark

FEWEST, MOST = 2, 50  # answers
LONGEST_NAME = 80
CLEAR = 0.12  # ahead of the second by so much of likeness, a guess is called clear: about half of them are

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Answer:
    """One answer that a text may get.

    Args:
        name: As it will stand in the table.
        about: What it means, in a few words; may be empty.
    """

    name: str
    about: str = ""

    @property
    def said(self) -> str:
        """What is compared with the texts."""
        return f"{self.name}: {self.about}" if self.about else self.name


@dataclass(frozen=True)
class Guess:
    """What each text was taken for.

    Args:
        places: The place of the nearest answer, int64 [texts].
        ahead: By how much it is nearer than the second, from 0 for none [texts].
    """

    places: np.ndarray
    ahead: np.ndarray


def read(lines: Sequence[str]) -> list[Answer]:
    """The answers that somebody has written down, one a line, with what it means behind a colon.

    Raises:
        DataError: If they are too few, too many, twice the same, or longer than a name is.

    Example:
        >>> read(["Billing: invoices and payments", "", "Delivery"])
        [Answer(name='Billing', about='invoices and payments'), Answer(name='Delivery', about='')]
    """
    parts = [line.replace("：", ":").partition(":") for line in lines if line.strip(" :：\t")]
    found = [Answer(" ".join(name.split()), " ".join(about.split())) for name, _, about in parts]
    names = [one.name for one in found]
    if not FEWEST <= len(found) <= MOST:
        raise DataError(
            mark(
                "{count} answer is written down.",
                plural="{count} answers are written down.",
                count=len(found),
            ),
            mark("Write down {fewest} to {most}, each on a line of its own.", fewest=FEWEST, most=MOST),
        )
    twice = next(
        (name for place, name in enumerate(names) if name.casefold() in map(str.casefold, names[:place])),
        None,
    )
    if twice is not None:
        raise DataError(
            mark("“{name}” is written down twice.", name=twice[:LONGEST_NAME]),
            mark("Give each answer a name of its own."),
        )
    wrong = next((name for name in names if not name or len(name) > LONGEST_NAME), None)
    if wrong is not None:
        raise DataError(
            mark("“{name}” cannot be the name of an answer.", name=wrong[:LONGEST_NAME]),
            mark("Give it a name of 1 to {most} signs; more can be said behind a colon.", most=LONGEST_NAME),
        )
    return found


def guess(texts: Sequence[str], answers: Sequence[Answer], progress: Progress = lambda share: None) -> Guess:
    """The nearest answer for each text.

    What all texts have in common is taken out of them and what all names have in common out of these first: it says nothing
    about which belongs to which.

    Raises:
        RunError: If the sentence encoder is not on this machine.
    """
    names = _own(meaning.vectors([one.said for one in answers]))
    likeness = _own(meaning.vectors(texts, progress)) @ names.T
    second, first = np.sort(likeness, axis=1)[:, -2:].T
    return Guess(likeness.argmax(1), first - second)


def _own(vectors: np.ndarray) -> np.ndarray:
    """The vectors without what they have in common, each of length one."""
    own = vectors - vectors.mean(0) if len(vectors) > 1 else vectors
    return own / np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-12)
