"""Which questions train, which validate and which are kept apart: the same question is never on two sides."""

from typing import TYPE_CHECKING

import numpy as np

from core import split
from core.goal import Goal
from core.tasks.best_answer import plain

if TYPE_CHECKING:
    from pandas import DataFrame


def divided(table: "DataFrame", goal: Goal) -> tuple[dict[str, np.ndarray], int]:
    """Row numbers of each side, and how many rows have no question or no answer.

    Rows whose question is the same stay together, so that the test asks only what was never asked in training. Its
    answers may have been: a customer asks anew, and the list of answers stays as it is.

    Raises:
        DataError: If too few rows have both.
    """
    asked = questions_of(table, goal)
    answers = [plain(text) for text in table[goal.target].tolist()]
    rows = np.array([row for row, (q, a) in enumerate(zip(asked, answers, strict=True)) if q and a], np.int64)
    split.check_enough(len(rows), goal.target)
    if goal.split.by != "chance":
        both = table.copy()
        both[goal.target] = [a if q else "" for q, a in zip(asked, answers, strict=True)]
        sides, left_out = split.divide(both, goal)
        return _known_train(sides, asked), left_out
    codes, first = split.distinct(np.array([asked[row] for row in rows], object))
    sides = split.by_chance(np.arange(len(first)), None, goal.split)
    found = {side: rows[np.isin(codes, groups)] for side, groups in sides.items()}
    return found, len(table) - len(rows)


def _known_train(sides: dict[str, np.ndarray], asked: list[str]) -> dict[str, np.ndarray]:
    """The sides without validation rows whose question trains or tests too: those train, where others are left to choose by."""
    train, test = ({asked[row] for row in sides[side]} for side in ("train", "test"))
    again = np.array([asked[row] in train | test for row in sides["validation"]], bool)
    if not again.any() or again.all():
        return sides
    moved = np.array([row for row in sides["validation"][again] if asked[row] not in test], np.int64)
    return {
        **sides,
        "train": np.sort(np.r_[sides["train"], moved]),
        "validation": sides["validation"][~again],
    }


def questions_of(table: "DataFrame", goal: Goal) -> list[str]:
    """Each row's question as it is compared with others, all its columns in one; empty where none is asked."""
    columns = [[plain(text) for text in table[name].tolist()] for name in goal.inputs]
    return ["\n".join(row).strip() for row in zip(*columns, strict=True)]
