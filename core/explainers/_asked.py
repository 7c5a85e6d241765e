"""The one number of an answer that somebody asks about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.answer import Model

AT_ONCE = 1_024
Rows = Mapping[str, Sequence[str]]
Ask = Callable[[Rows], np.ndarray]


@dataclass(frozen=True)
class Told:
    """What a model says to some rows.

    Args:
        answers: Its answers, or amounts as numbers, one for each row.
        chances: Of all possible answers, [rows, answers]; None for amounts.
    """

    answers: list[Any]
    chances: np.ndarray | None


def told(model: Model, rows: Rows) -> Told:
    """Its answers to rows of text by column, a thousand at once, so that memory stays flat."""
    count = len(rows[model.columns[0]])
    said = [
        model.answer({name: rows[name][at : at + AT_ONCE] for name in model.columns})
        for at in range(0, count, AT_ONCE)
    ]
    answers = [answer for part in said for answer in part["prediction"]]
    if "probabilities" not in said[0]:
        return Told([float(answer) for answer in answers], None)
    return Told(answers, np.concatenate([np.asarray(part["probabilities"], np.float64) for part in said]))


def about(model: Model, row: Mapping[str, str]) -> tuple[Ask, str]:
    """From rows of text to a number for each, [rows], and what it is: the chance of this answer, or "" for an amount.

    It is the chance of what this row is answered with; where several answers may hold at once, of the likeliest.
    """
    said = told(model, {name: [row[name]] for name in model.columns})
    if said.chances is None:
        return lambda rows: np.array(told(model, rows).answers), ""
    names = names_of(model)
    # The answer need not be the likeliest class: a threshold or an order may have chosen it.
    unit = names.index(said.answers[0]) if said.answers[0] in model.classes else int(said.chances[0].argmax())
    return lambda rows: told(model, rows).chances[:, unit], names[unit]


def names_of(model: Model) -> tuple[str, ...]:
    """The possible answers, in the order of their chances."""
    return model.classes or tuple(model.recipes["target"].get("labels", ()))
