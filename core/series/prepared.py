"""A table and a goal become windows on disk: what `core.prepare` does for rows, for forecasts."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import home, recipes, tasks, windows
from core.errors import DataError
from core.goal import Goal
from core.series.apart import Edges, Sides, check, divided
from core.series.fitted import fit
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

SIDES = ("train", "validation", "test")
Grid = Mapping[str, Any]


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
    """
    _check(table, goal)
    tell(0.1, mark("Finding the series"))
    made, edges = fit(table, goal)
    tell(0.4, mark("Cutting the series into windows"))
    grids = grids_of(made, table)
    sides = divided(made, grids, edges)
    check(sides)
    for side in ("train", "validation"):
        inputs, truth = encoded(made, grids, sides[side])
        for name, values in inputs.items():
            np.save(folder / f"{side}_{name}.npy", values)
        np.save(folder / f"{side}_y.npy", truth)
    rows = {side: _rows(grids, sides[side]) for side in SIDES}
    np.savez(folder / "split.npz", **rows)
    home.write_json(folder / "recipes.json", made)
    home.write_json(folder / "facts.json", _facts(goal, made, grids, sides, edges, data_id))
    tell(1.0, mark("Ready"))


def grids_of(made: Mapping[str, Any], table: "DataFrame") -> list[dict[str, Any]]:
    """The series of a whole table."""
    columns = {recipe["column"]: table[recipe["column"]].tolist() for recipe in made["columns"]}
    return windows.grids(made, columns, recipes.read_values)


def encoded(
    made: Mapping[str, Any], grids: Sequence[Grid], origins: Sequence[tuple[int, np.ndarray]]
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The inputs of a side's windows, and what the network should answer, float32 [windows, steps]."""
    parts: dict[str, list[np.ndarray]] = {name: [] for name in made["inputs"]}
    answers = []
    for number, some in origins:
        inputs, base, scale = windows.windows(made, grids[number], some)
        for name, values in inputs.items():
            parts[name].append(values)
        limit = windows.FURTHEST
        truth = (_coming(made, grids[number]["values"], some) - base) / scale
        answers.append(np.clip(truth, -limit, limit))
    joined = {name: np.concatenate(values) for name, values in parts.items()}
    return joined, np.concatenate(answers).astype(np.float32)


def _coming(made: Mapping[str, Any], values: np.ndarray, origins: np.ndarray) -> np.ndarray:
    return values[origins[:, None] + np.arange(1, made["series"]["steps"] + 1)[None, :]]


def truth_of(made: Mapping[str, Any], grid: Grid, origins: np.ndarray) -> np.ndarray:
    """The true next values [origins, steps] in the target's unit; NaN where the table does not tell them."""
    true = windows.unbend(made["series"], _coming(made, grid["values"], origins))
    return np.where(_coming(made, grid["known"], origins), true, np.nan)


def _rows(grids: Sequence[Grid], origins: Sequence[tuple[int, np.ndarray]]) -> np.ndarray:
    """The number of the row after which each forecast is made."""
    return np.concatenate([grids[number]["rows"][some] for number, some in origins]).astype(np.int64)


def _check(table: "DataFrame", goal: Goal) -> None:
    if goal.forecast is None:
        raise DataError(
            mark("It was not said which column tells the time."),
            mark("Open the goal page and choose the kind of question once more."),
        )
    gone = [name for name in goal.columns if name not in table.columns]
    if gone:
        raise DataError(
            mark("The data set has no column “{name}”.", name=gone[0]),
            mark("Choose from its columns: {names}.", names=list(table.columns[:30])),
        )


def _facts(
    goal: Goal, made: Mapping[str, Any], grids: Sequence[Grid], sides: Sides, edges: Edges, data_id: str
) -> dict[str, Any]:
    series = made["series"]
    gaps = sum(int((~grid["known"]).sum()) for grid in grids)
    return {
        "data": data_id,
        "task": goal.task,
        "target": goal.target,
        "rows": {**{side: sides.count(side) for side in SIDES}, "left_out": 0},
        "columns": len(made["columns"]),
        "inputs": made["inputs"],
        "output": tasks.output(goal.task, made["target"]),
        "classes": None,
        "series": {
            "count": len(grids), "gaps": gaps, "merged": sum(grid["merged"] for grid in grids),
            "unit": series["unit"], "every": series["every"],
            "steps": series["steps"], "back": series["back"], "season": series["season"],
            "validation": edges.validation, "test": edges.test, "end": edges.end,
        },
    }  # fmt: skip
