"""What each column is worth: how much worse the answers get when its values are dealt out anew among the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import recipes
from core.tasks import SHELF as TASKS
from core.words import mark

LABEL = mark("What each column is worth")
HELP = mark("Shuffles one column at a time and looks how much worse the answers get. Nothing lost: not used.")
MOST_ROWS = 2_000
REPEATS = 4
MOST_COLUMNS = 150  # asked about thoroughly; of a wider table, those that matter at a first glance
ROWS_AT_FIRST_GLANCE = 100

Inputs = dict[str, np.ndarray]
Place = tuple[str, list[tuple[str, slice]]]


def explain(
    made: Mapping[str, Any],
    inputs: Inputs,
    truth: np.ndarray,
    predict: Callable[[Inputs], np.ndarray],
    *,
    seed: int = 1,
    repeats: int = REPEATS,
    progress: Callable[[float], None] | None = None,
) -> list[dict[str, Any]]:
    """How much the main metric drops for each column, the most important first.

    Columns that tell the same share their worth: each alone can be shuffled without much harm. Of a very wide table
    only the `MOST_COLUMNS` are told that matter most at a first glance, so that it takes no hours.

    Args:
        made: The whole of `recipes.json`.
        inputs: Encoded test rows, an array [rows, width] for each input.
        truth: Their encoded target.
        predict: Outputs [rows, units] for inputs.

    Returns:
        `{"column", "drop", "spread"}` each: the mean drop and its standard deviation over `repeats`.

    Source: Breiman, "Random Forests", Machine Learning 45 (2001), section 10.
    """
    random = np.random.RandomState(seed)
    rows = random.permutation(len(truth))[:MOST_ROWS]
    asked = _Asked(made, inputs, truth, predict, random)
    places, told = _places(made), progress or (lambda share: None)
    if all(recipe["kind"] == "image" for recipe in made["columns"]) and len(places) == 1:
        return []  # a picture alone is worth all that is known
    if len(places) > MOST_COLUMNS:
        glance = asked.drops(places, rows[:ROWS_AT_FIRST_GLANCE], 1, lambda share: told(share / 2))
        order = np.argsort([-drops[0] for drops in glance], kind="stable")[:MOST_COLUMNS]
        places = [places[place] for place in sorted(order)]
    drops = asked.drops(places, rows, repeats, told)
    found = [
        {"column": place[0], "drop": float(np.mean(drop)), "spread": float(np.std(drop))}
        for place, drop in zip(places, drops, strict=True)
    ]
    return sorted(found, key=lambda entry: -entry["drop"])


@dataclass(frozen=True)
class _Asked:
    """A network and the rows that it is asked about."""

    made: Mapping[str, Any]
    inputs: Inputs
    truth: np.ndarray
    predict: Callable[[Inputs], np.ndarray]
    random: np.random.RandomState

    def drops(
        self, places: list[Place], rows: np.ndarray, repeats: int, progress: Callable[[float], None]
    ) -> list[list[float]]:
        """For each column, how much worse the main metric is on these rows, once for each repeat."""
        rows = np.sort(rows)
        inputs = {name: np.asarray(values)[rows] for name, values in self.inputs.items()}
        measure = _measure(self.made, self.truth[rows])
        whole = measure(self.predict(inputs))
        many = {name: np.concatenate([values] * repeats) for name, values in inputs.items()}
        found = []
        for count, (_, held) in enumerate(places):
            honest = [many[name][:, place].copy() for name, place in held]
            deals = np.concatenate([self.random.permutation(len(rows)) for _ in range(repeats)])
            for name, place in held:
                many[name][:, place] = inputs[name][deals, place]
            outputs = np.array(self.predict(many))
            for (name, place), values in zip(held, honest, strict=True):
                many[name][:, place] = values
            found.append([whole - measure(part) for part in np.split(outputs, repeats)])
            progress((count + 1) / len(places))
        return found


def _measure(made: Mapping[str, Any], truth: np.ndarray) -> Callable[[np.ndarray], float]:
    task = TASKS[made["task"]]
    return lambda outputs: task.metrics(made["target"], truth, outputs)[task.MAIN]


def _places(made: Mapping[str, Any]) -> list[Place]:
    """Each column's name, and the stretches of the inputs that belong to it."""
    ends = dict.fromkeys(made["inputs"], 0)
    places: dict[str, list[tuple[str, slice]]] = {}
    for recipe in made["columns"]:
        name = recipe["input"]
        if recipe["kind"] == "image":
            places.setdefault(recipe["column"], []).append(
                (name, slice(None))
            )  # whole pictures change places
            continue
        size = 1 if name == "categories" else recipes.width(recipe)
        places.setdefault(recipe["column"], []).append((name, slice(ends[name], ends[name] + size)))
        ends[name] += size
    return list(places.items())
