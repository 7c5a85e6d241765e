"""Rows that can be learned from, made with NumPy alone, so that every way of training gets the same ones."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

Array = np.ndarray
SIDE, PLACES, WORDS, LETTERS = 28, 128, 10_000, 65
NUMBERS = 10
CATEGORIES = (5, 8, 12, 20, 50, 100, 200, 300, 500, 1_000)
NOISE = 0.2  # share of answers that follow from nothing


@dataclass(frozen=True)
class Rows:
    """One network's rows and how they are taken.

    Args:
        inputs: By name; the first axis is the rows.
        truth: What is to be said of each row.
        validation: How many of the rows, the last ones, are kept apart.
    """

    inputs: dict[str, Array]
    truth: Array
    validation: int
    batch: int
    epochs: int

    def side(self, training: bool) -> tuple[dict[str, Array], Array]:
        part = slice(None, -self.validation) if training else slice(-self.validation, None)
        return {name: array[part] for name, array in self.inputs.items()}, self.truth[part]

    def at_most(self, steps: int) -> "Rows":
        """The same with no more than so many steps in an epoch; 0 leaves all."""
        kept = steps * self.batch + self.validation
        if not steps or kept >= len(self.truth):
            return self
        return replace(self, inputs={n: a[:kept] for n, a in self.inputs.items()}, truth=self.truth[:kept])

    @property
    def steps(self) -> int:
        """Steps of an epoch."""
        return -(-(len(self.truth) - self.validation) // self.batch)


def pictures(dice: np.random.Generator, count: int) -> tuple[Array, Array]:
    """Ten sorts of noisy pictures, [count, 28, 28], and the number of each one's sort."""
    sorts = dice.random((10, SIDE, SIDE), dtype=np.float32)
    truth = dice.integers(0, 10, count)
    seen = sorts[truth] * 0.5 + dice.random((count, SIDE, SIDE), dtype=np.float32) * 0.9
    wrong = dice.random(count) < NOISE
    truth[wrong] = dice.integers(0, 10, wrong.sum())
    return seen, truth[:, None].astype(np.int32)


def classic(dice: np.random.Generator) -> Rows:
    seen, truth = pictures(dice, 60_000)
    return Rows({"pixels": seen.reshape(len(seen), -1)}, truth, 12_000, 32, 10)


def table(dice: np.random.Generator) -> Rows:
    count = 200_000
    numbers = dice.standard_normal((count, NUMBERS)).astype(np.float32)
    codes = np.stack([dice.integers(0, known, count) for known in CATEGORIES], 1)
    weighs = [dice.standard_normal(known) * 0.3 for known in CATEGORIES]
    told = sum(weigh[codes[:, at]] for at, weigh in enumerate(weighs))
    score = numbers[:, 0] - numbers[:, 1] * numbers[:, 2] + told + 0.5 * dice.standard_normal(count)
    # Codes of all columns share one vocabulary, as in prepared rows.
    starts = np.cumsum([0, *CATEGORIES[:-1]])
    inputs = {"numbers": numbers, "categories": (codes + starts).astype(np.int32)}
    return Rows(inputs, (score > 0)[:, None].astype(np.float32), 4_096, 256, 3)


def small_pictures(dice: np.random.Generator) -> Rows:
    seen, truth = pictures(dice, 12_256)
    return Rows({"picture": seen[..., None]}, truth, 256, 64, 3)


def texts(dice: np.random.Generator) -> Rows:
    count = 10_064
    yes = dice.integers(0, 2, count)
    words = dice.integers(8, WORDS, (count, PLACES)).astype(np.int32)
    words[:, ::7] = np.where(dice.random((count, 19)) < 0.3, 7 - yes[:, None], words[:, ::7])
    wrong = dice.random(count) < NOISE
    yes[wrong] = dice.integers(0, 2, wrong.sum())
    return Rows({"words": words}, yes[:, None].astype(np.float32), 64, 32, 2)


def letters(dice: np.random.Generator) -> Rows:
    """Each letter follows from the one before it, most of the time."""
    count = 1_664
    follows = dice.permutation(LETTERS)
    text = np.empty((count, PLACES + 1), np.int32)
    text[:, 0] = dice.integers(0, LETTERS, count)
    for place in range(PLACES):
        free = dice.random(count) < NOISE
        text[:, place + 1] = np.where(free, dice.integers(0, LETTERS, count), follows[text[:, place]])
    return Rows({"letters": text[:, :-1].copy()}, text[:, 1:].copy(), 64, 32, 2)


ROWS: dict[str, Callable[[np.random.Generator], Rows]] = {
    "a": classic, "b": table, "c": small_pictures, "d": texts, "e": letters,
}  # fmt: skip


def rows_of(network: str, steps: int = 0) -> Rows:
    """The rows of one of the five networks, the same ones each time, for no more than so many steps an epoch."""
    return ROWS[network](np.random.default_rng(ord(network))).at_most(steps)
