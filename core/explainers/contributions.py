"""What each column did for one answer: how far its value moves the answer away from what usual rows get.

Shapley values: the columns of usual rows are replaced by those of the row asked about, one after the other, in many orders;
what each step changes is averaged. Parts of all columns add up to the difference between this answer and the usual one.

Source: Štrumbelj and Kononenko, "Explaining prediction models and individual predictions with feature contributions",
Knowledge and Information Systems 41 (2014), algorithm 1; orders come in pairs, each with its reverse: Mitchell et al.,
"Sampling Permutations for Shapley Value Estimation", JMLR 23 (2022), section 3.2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.answer import Model
from core.explainers import _asked
from core.explainers._asked import Ask, Rows
from core.explainers._usual import usual
from core.words import mark

LABEL = mark("Parts of an answer")
HELP = mark(
    "Puts the row's values into usual rows one after the other and looks how far each moves the answer."
)
MOST_USUAL, FEWEST_USUAL = 128, 4
MOST_ASKED = 6_000  # rows that a network is asked about for one answer
MOST_ASKED_SLOW = 300  # where it reads texts
SEED = 3


@dataclass(frozen=True)
class Parts:
    """One answer, taken apart.

    Args:
        usual: What usual rows get on average.
        said: What this row gets.
        parts: How far each column moves it; all together, they are `said` less `usual`.
        errors: The standard error of each part, from the orders that were tried.
        answer: What `usual` and `said` are the chances of; the empty text for an amount.
    """

    usual: float
    said: float
    parts: Mapping[str, float]
    errors: Mapping[str, float]
    answer: str = ""


def explain(ask: Ask, row: Mapping[str, str], others: Rows, columns: Sequence[str]) -> Parts:
    """The parts of what is said to this row.

    Args:
        ask: From rows of text by column to one number each.
        others: Usual rows; each serves one pair of orders.
        columns: Those that are replaced.
    """
    count = len(others[columns[0]])
    dice = np.random.default_rng(SEED)
    orders = np.array([dice.permutation(len(columns)) for _ in range(count)]).repeat(2, axis=0)
    orders[1::2] = orders[1::2, ::-1]
    # replaced[order, step, column]: whether the column already has the row's own value
    rank = np.argsort(orders, axis=1)
    replaced = rank[:, None, :] < np.arange(len(columns) + 1)[None, :, None]
    said = ask(_rows(row, others, columns, replaced)).reshape(len(orders), len(columns) + 1)
    steps = np.take_along_axis(np.diff(said, axis=1), rank, axis=1)
    paired = steps.reshape(count, 2, len(columns)).mean(axis=1)
    errors = paired.std(axis=0, ddof=1) / np.sqrt(count) if count > 1 else np.zeros(len(columns))
    return Parts(
        float(said[:, 0].mean()),
        float(said[0, -1]),
        dict(zip(columns, paired.mean(axis=0).tolist(), strict=True)),
        dict(zip(columns, errors.tolist(), strict=True)),
    )


def _rows(
    row: Mapping[str, str], others: Rows, columns: Sequence[str], replaced: np.ndarray
) -> dict[str, list[str]]:
    """All rows that are asked about, order by order and step by step; a pair of orders shares its usual row."""
    steps = replaced.shape[1]
    asked: dict[str, list[str]] = {}
    for name, texts in others.items():
        usual = np.repeat(np.array(texts, dtype=object), 2 * steps)
        if name in columns:
            usual[replaced[:, :, list(columns).index(name)].reshape(-1)] = row[name]
        asked[name] = usual.tolist()
    return asked


def of_row(model: Model, folder: Path, row: Mapping[str, str]) -> Parts:
    """The parts of the model's answer to this row: of the chance of what it is answered with, or of an amount."""
    slow = any(recipe["kind"] in ("text", "image") for recipe in model.recipes["columns"])
    each = 2 * (len(model.columns) + 1)
    count = int(np.clip((MOST_ASKED_SLOW if slow else MOST_ASKED) // each, FEWEST_USUAL, MOST_USUAL))
    others = usual(folder, model.columns, count)
    ask, answer = _asked.about(model, row)
    return replace(explain(ask, row, others, model.columns), answer=answer)
