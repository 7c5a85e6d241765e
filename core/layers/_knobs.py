"""Knobs for layers over pictures, where one number stands for both directions or for all sides."""

from dataclasses import dataclass
from typing import Any

from core.fields import Numbers
from core.words import Sentence, mark


@dataclass(frozen=True, kw_only=True)
class Pair(Numbers):
    """Two whole numbers, for the height and the width; one number stands for both."""

    longest: int = 2

    def clean(self, value: Any) -> list[int]:
        found = super().clean(value)
        return found * 2 if len(found) == 1 else found

    def limits(self) -> Sentence:
        return mark("one or two whole numbers from {low:,} to {high:,}", low=self.low, high=self.high)


@dataclass(frozen=True, kw_only=True)
class Sides(Numbers):
    """Four whole numbers, for top, bottom, left and right; two stand for height and width, one for all sides."""

    longest: int = 4

    def allows(self, value: Any) -> bool:
        return super().allows(value) and len(value) != 3

    def clean(self, value: Any) -> list[int]:
        found = super().clean(value)
        if len(found) == 1:
            return found * 4
        return [found[0], found[0], found[1], found[1]] if len(found) == 2 else found

    def limits(self) -> Sentence:
        return mark("one, two or four whole numbers from {low:,} to {high:,}", low=self.low, high=self.high)

    def wrong_values(self) -> list[Any]:
        return [*super().wrong_values(), [self.low] * 3]


def nested(sides: list[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Four sides the way Keras takes them.

    Example:
        >>> nested([1, 2, 3, 4])
        ((1, 2), (3, 4))
    """
    return (sides[0], sides[1]), (sides[2], sides[3])
