"""What would change an answer: the smallest changes of a row, along columns that may change, with which the model says otherwise.

Values come from rows of the table, so that none is asked about that nobody has; fewer changed columns come first, and then
those that stay nearer.

Source: Wachter, Mittelstadt and Russell, "Counterfactual explanations without opening the black box", Harvard JOLT 31 (2018);
distances: Gower, "A general coefficient of similarity and some of its properties", Biometrics 27 (1971).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from core.answer import Model
from core.explainers import _asked
from core.explainers._asked import Told
from core.explainers._usual import usual
from core.recipes import read_values
from core.words import mark

LABEL = mark("What would change it")
HELP = mark(
    "Tries other values of one, two or three columns and looks from which on the model answers otherwise."
)
FORMS = ("classes", "number")  # of a task's answers, for which it can be asked
ROWS = 400  # of the table, whose values are tried
MOST_VALUES = 48  # of one column
MOST_CHANGED = 3
KEPT, FURTHER = (
    12,
    6,
)  # changes that are built upon, and values of each further column that are tried with them
WAYS = 3

Change = tuple[tuple[str, str], ...]  # columns with their new values
Measure = Callable[[Sequence[Change]], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Way:
    """One way to another answer.

    Args:
        changes: Columns with their new values.
        said: The answer then, or the amount.
        chance: Of that answer; None for an amount.
    """

    changes: Change
    said: Any
    chance: float | None


def explain(measure: Measure, tried: Mapping[str, Sequence[tuple[str, float]]]) -> list[Change]:
    """The nearest changes that lead there, no two of the same columns; none where no change does.

    A column that leads there alone is not tried together with others.

    Args:
        measure: From changes to how near each comes, more being nearer, and whether it is there, [changes] each.
        tried: For each column other values and how far each lies from the row's own.
    """
    far = {(name, value): distance for name, values in tried.items() for value, distance in values}
    singles: list[Change] = [(one,) for one in far]
    ways, order = _tried(measure, singles, far)
    best = {name: [change for change in order if change[0][0] == name][:FURTHER] for name in tried}
    beam = order[:KEPT]
    while len(ways) < WAYS and beam and len(beam[0]) < MOST_CHANGED:
        done = {name for way in ways for name, _ in way}
        free = [one for name, changes in best.items() if name not in done for one in changes]
        more = {
            tuple(sorted({*change, *one})) for change in beam for one in free if one[0][0] not in dict(change)
        }
        together = sorted(change for change in more if not done & dict(change).keys())
        found, order = _tried(measure, together, far)
        ways, beam = ways + found, order[:KEPT]
    return ways[:WAYS]


def _tried(
    measure: Measure, changes: Sequence[Change], far: Mapping[tuple[str, str], float]
) -> tuple[list[Change], list[Change]]:
    """The nearest of those that lead there, and the others, those first that come nearest to it."""
    if not changes:
        return [], []
    near, there = measure(changes)
    order = [changes[place] for place in np.argsort(-near, kind="stable") if not there[place]]
    return _nearest([changes[place] for place in np.flatnonzero(there)], far), order


def _nearest(found: Sequence[Change], far: Mapping[tuple[str, str], float]) -> list[Change]:
    """Those with the smallest distances, one for each choice of columns."""
    chosen: dict[tuple[str, ...], Change] = {}
    for change in sorted(found, key=lambda change: (sum(far[one] for one in change), change)):
        chosen.setdefault(tuple(name for name, _ in change), change)
    return list(chosen.values())


def of_row(
    model: Model, folder: Path, row: Mapping[str, str], may: Sequence[str], wanted: str | float | None = None
) -> list[Way]:
    """Ways to another answer of the model, at most `WAYS`; none where no change of so few columns leads there.

    Args:
        may: The columns that may change; texts and pictures are left out.
        wanted: The answer or the amount to reach; of answers any other if None.
    """
    others = usual(folder, model.columns, ROWS)
    recipes = {recipe["column"]: recipe for recipe in model.recipes["columns"]}
    tried = {
        name: values(recipes[name], row[name], others[name])
        for name in may if recipes[name]["kind"] not in ("text", "image")
    }  # fmt: skip
    now = _asked.told(model, _changed(model, row, [()]))

    def measure(changes: Sequence[Change]) -> tuple[np.ndarray, np.ndarray]:
        then = _asked.told(model, _changed(model, row, changes))
        return _reached(model, now, then, wanted)

    return [_way(model, row, change) for change in explain(measure, tried)]


def _changed(model: Model, row: Mapping[str, str], changes: Sequence[Change]) -> dict[str, list[str]]:
    return {name: [dict(change).get(name, row[name]) for change in changes] for name in model.columns}


def _reached(
    model: Model, now: Told, then: Told, wanted: str | float | None
) -> tuple[np.ndarray, np.ndarray]:
    """How near rows come to what is wanted, and whether they are there."""
    if then.chances is None:
        up = 1.0 if wanted >= now.answers[0] else -1.0
        near = up * np.array(then.answers)
        return near, near >= up * wanted
    names = _asked.names_of(model)
    if wanted is None:
        here = now.answers[0]
        return 1 - then.chances[:, names.index(here)], np.array([one != here for one in then.answers])
    return then.chances[:, names.index(wanted)], np.array([one == wanted for one in then.answers])


def _way(model: Model, row: Mapping[str, str], change: Change) -> Way:
    said = _asked.told(model, _changed(model, row, [change]))
    answer = said.answers[0]
    chance = None if said.chances is None else float(said.chances[0, _asked.names_of(model).index(answer)])
    return Way(change, answer, chance)


def values(recipe: Mapping[str, Any], own: str, seen: Sequence[str]) -> list[tuple[str, float]]:
    """Other values of a column and how far each lies: 1 for another category, spreads for numbers and dates.

    Values that are missing or cannot be read are left out; where the row's own is, every other lies 1 away.
    """
    counts = Counter(text.strip() for text in seen if text.strip() not in ("", own.strip()))
    if recipe["parse"]["as"] == "text":
        return [(text, 1.0) for text, _ in counts.most_common(MOST_VALUES)]
    numbers = read_values([*counts, own], recipe["parse"])
    mine, known = numbers[-1], np.flatnonzero(np.isfinite(numbers[:-1]))
    if not len(known):
        return []
    order = known[np.argsort(numbers[known])]
    order = order[np.unique(np.linspace(0, len(order) - 1, min(MOST_VALUES, len(order))).round().astype(int))]
    spread = float(np.subtract(*np.percentile(numbers[known], [75, 25]))) or 1.0
    away = np.abs(numbers[order] - mine) / spread if np.isfinite(mine) else np.ones(len(order))
    texts = list(counts)
    return [(texts[place], float(far)) for place, far in zip(order, away, strict=True)]
