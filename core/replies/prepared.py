"""A table and a goal become tokens of questions and answers on disk: what `core.prepare` does for rows, for best answers.

Beside the files of every prepared folder there is `replies.json`: `answers`, the different answers of the whole table, and
`row_answers`, for each row of the table its answer's number, or -1.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import encoding, home, ranking, recipes, split
from core.columns.text import meaning
from core.errors import DataError
from core.goal import Goal
from core.graph.towers import QUESTION, REPLY
from core.replies.apart import divided
from core.tasks import best_answer
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

ANSWERS = "replies.json"
SIDES = ("train", "validation")
LEAST_READ = 64  # tokens of a question


def make(
    table: "DataFrame",
    goal: Goal,
    folder: Path,
    data_id: str = "",
    tell: Callable[[float, Sentence], None] = lambda share, text: None,
) -> None:
    """Write a prepared folder's files, as `core.prepare.make` does.

    Args:
        table: Every cell as text, empty where missing; at least the goal's columns.

    Raises:
        DataError: If there is nothing to learn from, or the sentence encoder is not there.
    """
    sides, left_out = divided(table, goal)
    split.check(sides, goal.target)
    target = best_answer.fit_target(table[goal.target].tolist(), "")
    target |= {"column": goal.target, "told": min(ranking.MOST, target["answers"]), "threshold": -1.0}
    tell(0.2, mark("Cutting questions and answers into tokens"))
    training = table.iloc[sides["train"]]
    columns = [_read(training[name].tolist(), name, QUESTION) for name in goal.inputs]
    columns.append(_read(training[goal.target].tolist(), goal.target, REPLY))
    made = {"version": recipes.VERSION, "task": goal.task, "target": target, **encoding.wire(columns)}
    listed, numbers = answers_of(table, goal.target)
    for number, side in enumerate(SIDES):
        tell(0.3 + 0.3 * number, mark("Turning rows into numbers"))
        encoding.write(made, table.iloc[sides[side]], folder, side, None, lambda share, text: None)
        np.save(folder / f"{side}_y.npy", numbers[sides[side]])
    np.savez(folder / "split.npz", **sides)
    home.write_json(folder / ANSWERS, {"answers": listed, "row_answers": numbers.tolist()})
    home.write_json(folder / "recipes.json", made)
    home.write_json(folder / "facts.json", _facts(goal, made, sides, left_out, data_id))
    tell(1.0, mark("Ready"))


def answers_of(table: "DataFrame", column: str) -> tuple[list[str], np.ndarray]:
    """The different answers in the order in which they come, and the number of each row's own, int32; -1 for none."""
    places: dict[str, int] = {}
    listed, numbers = [], np.full(len(table), -1, np.int32)
    for row, text in enumerate(table[column].tolist()):
        plain = best_answer.plain(text)
        if plain and plain not in places:
            places[plain] = len(listed)
            listed.append(str(text).strip())
        numbers[row] = places[plain] if plain else -1
    return listed, numbers


def _read(texts: list[str], column: str, view: str) -> dict[str, Any]:
    """The recipe by which a column is read: the sentence encoder's own tokens, and of questions many: customers ramble."""
    found = meaning(texts)
    if not found:
        raise DataError(
            mark("The sentence encoder, which knows what texts mean, is not installed here."),
            mark("Install Modelyard again with “make run”: it brings the encoder along."),
        )
    read = found[0]
    if view == QUESTION:
        length = max(read["shape"][0], LEAST_READ)
        read = {**read, "shape": [length], "features": [{**read["features"][0], "length": length}]}
    return {"column": column, "kind": "text", "parse": {"as": "text"}, **read, "view": view}


def _facts(
    goal: Goal, made: dict[str, Any], sides: dict[str, np.ndarray], left_out: int, data_id: str
) -> dict[str, Any]:
    return {
        "data": data_id,
        "task": goal.task,
        "target": goal.target,
        "rows": {**{side: len(rows) for side, rows in sides.items()}, "left_out": left_out},
        "columns": len(goal.inputs) + 1,
        "inputs": made["inputs"],
        "output": {"units": best_answer.units(made["target"]), "activation": best_answer.ACTIVATION},
        "classes": None,
        "answers": made["target"]["answers"],
    }
