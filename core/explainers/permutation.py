"""What each column is worth: how much worse the answers get when its values are dealt out anew among the rows."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core import recipes
from core.tasks import SHELF as TASKS
from core.words import mark

LABEL = mark("What each column is worth")
HELP = mark("Shuffles one column at a time and looks how much worse the answers get. Nothing lost: not used.")
MOST_ROWS = 2_000
REPEATS = 4

Inputs = dict[str, np.ndarray]


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

    Columns that tell the same share their worth: each alone can be shuffled without much harm.

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
    rows = np.sort(random.permutation(len(truth))[:MOST_ROWS])
    inputs, truth = {name: np.asarray(values)[rows] for name, values in inputs.items()}, truth[rows]
    measure = _measure(made, truth)
    whole = measure(predict(inputs))
    found = []
    for count, (column, name, place) in enumerate(_places(made)):
        outputs = predict(_shuffled(inputs, name, place, repeats, random))
        drops = [whole - measure(part) for part in np.split(np.asarray(outputs), repeats)]
        found.append({"column": column, "drop": float(np.mean(drops)), "spread": float(np.std(drops))})
        if progress:
            progress((count + 1) / len(made["columns"]))
    return sorted(found, key=lambda entry: -entry["drop"])


def _measure(made: Mapping[str, Any], truth: np.ndarray) -> Callable[[np.ndarray], float]:
    task = TASKS[made["task"]]
    return lambda outputs: task.metrics(made["target"], truth, outputs)[task.MAIN]


def _places(made: Mapping[str, Any]) -> list[tuple[str, str, slice]]:
    """Each column's name, its input, and the stretch of that input that belongs to it."""
    ends = dict.fromkeys(made["inputs"], 0)
    places = []
    for recipe in made["columns"]:
        name = recipe["input"]
        size = 1 if name == "categories" else recipes.width(recipe)
        places.append((recipe["column"], name, slice(ends[name], ends[name] + size)))
        ends[name] += size
    return places


def _shuffled(inputs: Inputs, name: str, place: slice, repeats: int, random: Any) -> Inputs:
    """The rows `repeats` times over, one column's values dealt out anew each time; one call answers them all."""
    rows = len(inputs[name])
    made = {key: np.concatenate([values] * repeats) for key, values in inputs.items()}
    deals = np.concatenate([random.permutation(rows) for _ in range(repeats)])
    made[name][:, place] = inputs[name][deals][:, place]
    return made
