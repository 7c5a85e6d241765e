"""Targets that are one of several answers: their order, and a column of them as numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from core.recipes import read_values

# Lower-case answers that mean "this is what the question asks for", or the opposite, in the languages met so far.
_POSITIVE = """
    yes y true t 1 1.0 on positive pos churned churn left lost bad default defaulted fraud spam sick ill late
    survived won win bought converted sí si oui ja да 是 有 对 真 はい 예 sim
"""
_NEGATIVE = """
    no n false f 0 0.0 off negative neg stayed kept good ok ham healthy none non nein нет 否 无
    没有 不是 假 いいえ 아니요 não nao not
"""
POSITIVE, NEGATIVE = frozenset(_POSITIVE.split()), frozenset(_NEGATIVE.split())


def numerals(summary: Mapping[str, Any]) -> bool:
    """Whether all values of a category, as far as they are told, are whole numbers that stand for names."""
    top = [str(value).strip() for value, _ in summary.get("top", ())]
    return bool(top) and all(value.isdecimal() for value in top)


def clean(texts: Iterable[str]) -> list[str]:
    """The answers as they are compared: without spaces around them; empty is missing."""
    return read_values(texts, {"as": "text"})


def _numeric(values: Sequence[str]) -> bool:
    try:
        [float(value) for value in values]
    except ValueError:
        return False
    return True


def sort(values: Iterable[str]) -> list[str]:
    """Different answers in an order that a reader expects: by size where all are numbers, else by alphabet."""
    found = sorted(set(values))
    return sorted(found, key=float) if _numeric(found) else found


def positive_last(counts: Mapping[str, int]) -> list[str]:
    """Two answers with the one that the question asks for second: by its meaning, else the rarer one.

    Example:
        >>> positive_last({"Yes": 3, "No": 7}), positive_last({"<=50K": 9, ">50K": 3})
        (['No', 'Yes'], ['<=50K', '>50K'])
    """

    def meaning(value: str) -> int:
        word = value.lower()
        return (word in POSITIVE) - (word in NEGATIVE)

    return sorted(sort(counts), key=lambda value: (meaning(value), -counts[value]))


def count(texts: Iterable[str]) -> Counter[str]:
    """How often each answer is given; missing ones left out."""
    return Counter(value for value in clean(texts) if value)


def places(target: Mapping[str, Any], texts: Iterable[str]) -> np.ndarray:
    """The class number of each answer, int32 [rows]; -1 for one that is missing or was not in training."""
    known = {value: place for place, value in enumerate(target["classes"])}
    return np.array([known.get(value, -1) for value in clean(texts)], dtype=np.int32)
