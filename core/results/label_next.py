"""Which rows to label next: those of which the model is least sure, no two of them much alike.

Source: Ash et al., "Deep Batch Active Learning by Diverse, Uncertain Gradient Lower Bounds" (BADGE), ICLR 2020: rows are
taken one by one, far from those taken and large where the model is unsure. Here the vectors are what the rows mean, their
lengths how unsure it is, and the farthest is taken instead of drawing lots, so that the same rows give the same list.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from core.tasks import SHELF as TASKS
from core.words import Sentence, mark

COUNT = 50
FORMS = ("classes", "labels", "number")
MOST_COMPARED = 3_000  # of the least sure, among which those are chosen that differ


def suits(made: Mapping[str, Any]) -> bool:
    """Whether rows for a model with these recipes can be chosen: rows of tables and texts, whose answers are told apart."""
    pictures = any(recipe["kind"] == "image" for recipe in made["columns"])
    return TASKS[made["task"]].FORM in FORMS and "series" not in made and not pictures


def unsure(target: Mapping[str, Any], said: Mapping[str, Sequence[Any]]) -> np.ndarray:
    """How unsure each answer is, 0 to 1: as near as two answers come, or as wide as a range is among these rows.

    Args:
        said: The answers as `core.answer.Model.answer` gives them. Amounts without a range are all alike unsure.
    """
    if "probabilities" in said:
        chances = np.asarray(said["probabilities"], np.float64)
        if target["as"] == "labels":
            return 1 - np.abs(2 * chances - 1).min(1)
        first, second = np.sort(chances, axis=1)[:, :-3:-1].T
        return 1 - (first - second)
    if "low" not in said:
        return np.ones(len(said["prediction"]))
    wide = np.asarray(said["high"], np.float64) - np.asarray(said["low"], np.float64)
    return wide / max(wide.max(initial=0.0), 1e-12)


def candidates(doubt: np.ndarray) -> np.ndarray:
    """Places of the rows that are compared with each other, the least sure first."""
    return np.argsort(-doubt, kind="stable")[:MOST_COMPARED]


def chosen(doubt: np.ndarray, values: np.ndarray, count: int = COUNT) -> list[int]:
    """Places of the rows to label first, in this order.

    Args:
        doubt: How unsure each answer is.
        values: What each row is like, [rows, numbers]; only their directions count.
    """
    values = np.asarray(values, np.float32)
    values = values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-12)
    far, taken = np.ones(len(doubt)), np.zeros(len(doubt), bool)
    order: list[int] = []
    # Nothing is so sure that it could never be taken: rows far from all others may be what was never seen.
    weight = np.maximum(doubt, 1e-3) ** 2
    for _ in range(min(count, len(doubt))):
        place = int(np.where(taken, -1.0, weight * far).argmax())
        if far[place] <= 1e-6 and order:
            break  # only copies of those taken are left
        order.append(place)
        taken[place] = True
        far = np.minimum(far, np.maximum(1 - values @ values[place], 0))
    return order


def told(count: int, total: int) -> Sentence:
    """Why these."""
    return mark(
        "Of {total:,} rows without an answer, these {count:,} are among those of which it is least sure, and no two are much "
        "alike: each answer tells it something that it does not know yet.",
        total=total, count=count,
    )  # fmt: skip
