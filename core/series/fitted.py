"""How series become windows: the step, the season, the bend and the scales, fitted on the training time only."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from core import recipes, windows
from core.columns import SHELF as COLUMNS
from core.errors import DataError
from core.goal import Goal
from core.series.apart import Edges, edges_of
from core.series.found import Step, codes_of, grouped, step_of
from core.split import reading
from core.tasks import SHELF as TASKS
from core.words import mark

if TYPE_CHECKING:
    from pandas import DataFrame

BACK, LONGEST_SEASON_BACK = (14, 192), 64
ORIGINS = 200  # of each series, on which seasons are compared
MOST_COMPARED = 200  # series
SEASONS, RECENT = (1, 2, 3, 4), (1, 2, 3, 6, 12, 24)  # that are tried for the base
POWERS = {"log": 0.0, "root": 0.5, "none": 1.0}


def fit(table: "DataFrame", goal: Goal) -> tuple[dict[str, Any], Edges]:
    """The whole of `recipes.json` for a forecast, and where its sides meet.

    Raises:
        DataError: If the series cannot be learned from.
    """
    asked = goal.forecast
    codes = codes_of(table, asked.by)
    parse, moments = _when(table, goal)
    groups = grouped(moments, codes)
    step = step_of(groups, parse["as"] == "number") if asked.time else Step("rows")
    series: dict[str, Any] = {
        "time": asked.time, "parse": parse, "by": list(asked.by), **asdict(step), "steps": asked.steps,
        "season": 1, "seasons": 1, "recent": 0, "lags": [], "bend": "none", "least": 0.0,
        "calendar": list(step.calendar), "past": [],
    }  # fmt: skip
    at = windows.places(series, moments) if asked.time else windows.counted(codes.tolist())
    known = at[np.isfinite(at)]
    if not len(known):
        raise DataError(
            mark("Column “{name}” says of no row when it was.", name=asked.time),
            mark("Choose the column that tells the time of each row."),
        )
    edges = edges_of(int(known.min()), int(known.max()) + 1, asked.steps, goal.split)
    training = table[np.isfinite(at) & (at < edges.validation)]
    target = {"column": goal.target, **_target(training[goal.target].tolist(), goal)}
    groups = codes_of(training, asked.by)
    series["past"] = [_beside(training, groups, name) for name in goal.inputs if goal.kinds[name] == "number"]
    made = {"version": recipes.VERSION, "task": goal.task, "target": target, "series": series}
    _settle(made, training, step, edges)
    return {**made, **_wired(made, goal, training)}, edges


def _when(table: "DataFrame", goal: Goal) -> tuple[dict[str, Any], np.ndarray]:
    """How the time column is written, and when each row was."""
    name = goal.forecast.time
    if not name:
        return {"as": "number"}, np.zeros(len(table))
    kind = "number" if goal.kinds.get(name) == "number" else "date"
    texts = table[name].tolist()
    parse = reading(COLUMNS[kind], texts, name)
    return parse, np.asarray(recipes.read_values(texts, parse))


def _target(texts: list[str], goal: Goal) -> dict[str, Any]:
    parse = reading(COLUMNS["number"], [text for text in texts if text.strip()], goal.target)
    return TASKS[goal.task].fit_target(texts, "number", parse, steps=goal.forecast.steps)


def _beside(training: "DataFrame", groups: np.ndarray, name: str) -> dict[str, Any]:
    """The recipe of another number of each row, of which only the past is known: its spread within a series."""
    texts = training[name].tolist()
    parse = reading(COLUMNS["number"], [text for text in texts if text.strip()], name)
    values = np.asarray(recipes.read_values(texts, parse))
    known = np.isfinite(values)
    if not known.any():
        return {"column": name, "parse": parse, "scale": 1.0}
    count = np.maximum(np.bincount(groups[known]), 1)
    means = np.bincount(groups[known], values[known]) / count
    spread = float(np.sqrt(((values[known] - means[groups[known]]) ** 2).mean()))
    return {"column": name, "parse": parse, "scale": spread or 1.0}


def _settle(made: dict[str, Any], training: "DataFrame", step: Step, edges: Edges) -> None:
    """Choose bend, season and length, and measure each series."""
    series = made["series"]
    columns = {name: training[name].tolist() for name in training.columns}
    grids = windows.grids(made, columns, recipes.read_values)
    longest = max((len(grid["values"]) for grid in grids), default=0)
    seasons = [one for one in step.seasons if 2 * one + series["steps"] <= longest]
    values = [grid["values"][grid["known"]] for grid in grids]
    series["bend"] = bend_of(values, seasons[0] if seasons else 8)
    series["least"] = float(min((v[v > 0].min() for v in values if (v > 0).any()), default=1.0)) / 2
    grids = windows.grids(made, columns, recipes.read_values)
    series["season"] = season_of(grids, [1, *seasons], series["steps"])
    series["seasons"], series["recent"] = expected_of(grids, series)
    series["lags"] = [one for one in (1, *seasons) if one != series["season"]]
    season, steps = series["season"], series["steps"]
    wanted = max(BACK[0], 2 * steps, min(2 * season, LONGEST_SEASON_BACK))
    series["back"] = max(4, min(wanted, BACK[1], (longest - steps) // 2))
    levels = {g["key"]: float(g["values"].mean()) for g in grids}
    scales = {g["key"]: _scale(g["values"], season) for g in grids}
    usual = float(np.median([scale for scale in scales.values() if scale > 0] or [0.0]))
    if usual <= 0:
        raise DataError(
            mark("The target repeats itself exactly, season after season."),
            mark("Choose a target that changes: this one needs no network."),
        )
    series["level"], series["scale"] = float(np.median(list(levels.values()))), usual
    series["each"] = {key: [levels[key], max(scales[key], 0.1 * usual)] for key in levels}


def _scale(values: np.ndarray, season: int) -> float:
    """The mean difference to the value a season before.

    Source: Hyndman and Koehler, "Another look at measures of forecast accuracy", Int. J. Forecasting 22 (2006).
    """
    differences = np.abs(values[season:] - values[:-season]) if len(values) > season else np.zeros(1)
    return float(differences.mean())


def bend_of(values: Sequence[np.ndarray], block: int) -> str:
    """How to bend the target so that it varies as much where it is large as where it is small.

    Of the powers of Box and Cox, that for which spreads of blocks, divided by their mean to the power left, differ least.

    Source: Guerrero, "Time-series analysis supported by power transformations", J. Forecasting 12 (1993).
    """
    least = min((float(one.min()) for one in values if len(one)), default=-1.0)
    if least < 0:
        return "none"
    found = dict.fromkeys(POWERS, 0.0)
    for one in sorted(values, key=len)[-MOST_COMPARED:]:
        blocks = one[len(one) % block :].reshape(-1, block) + (least == 0)
        if len(blocks) < 3:
            continue
        means, spreads = blocks.mean(1), blocks.std(1)
        for name, power in POWERS.items():
            ratios = spreads / means ** (1 - power)
            found[name] += float(ratios.std() / max(ratios.mean(), 1e-300))
    best = min(found, key=lambda name: (found[name], -POWERS[name]))
    return "log1p" if best == "log" and least == 0 else best


def expected_of(grids: Sequence[dict[str, Any]], series: Mapping[str, Any]) -> tuple[int, int]:
    """Over how many seasons, and how many of the latest values, the base is taken so that it misses least."""
    tried = list(product(SEASONS, (0, *RECENT)))
    missed = dict.fromkeys(tried, 0.0)
    season, ahead = series["season"], np.arange(1, series["steps"] + 1)[None, :]
    for grid in sorted(grids, key=lambda one: len(one["values"]))[-MOST_COMPARED:]:
        values = grid["values"]
        end = len(values) - series["steps"]
        begin = min(season * max(SEASONS) + max(RECENT), max(season, end // 2))
        if end <= begin:
            continue
        origins = np.unique(np.linspace(begin, end - 1, ORIGINS).astype(int))
        truth = values[origins[:, None] + ahead]
        for one in tried:
            how = {**series, "seasons": one[0], "recent": one[1]}
            missed[one] += float(np.abs(truth - windows.expected(how, values, origins, ahead)).mean())
    return min(tried, key=lambda one: missed[one])


def season_of(grids: Sequence[dict[str, Any]], seasons: Sequence[int], steps: int) -> int:
    """After how many steps the values repeat themselves best; 1 where the last value is the best forecast."""
    missed = dict.fromkeys(seasons, 0.0)
    ahead = np.arange(1, steps + 1)[None, :]
    for grid in sorted(grids, key=lambda one: len(one["values"]))[-MOST_COMPARED:]:
        values = grid["values"]
        begin, end = max(seasons), len(values) - steps
        if end <= begin:
            continue
        origins = np.unique(np.linspace(begin, end - 1, ORIGINS).astype(int))
        truth = values[origins[:, None] + ahead]
        for season in seasons:
            missed[season] += float(np.abs(truth - windows.before(values, origins, ahead, season)).mean())
    return min(seasons, key=lambda season: missed[season])


def _wired(made: dict[str, Any], goal: Goal, training: "DataFrame") -> dict[str, Any]:
    """The network's inputs and the columns that are read."""
    series = made["series"]
    cycles = 2 * len(series["calendar"])
    inputs = {
        "past": {"shape": [series["back"], 2 + len(series["past"])], "dtype": "float32"},
        "ahead": {"shape": [series["steps"], 2 + len(series["lags"]) + cycles], "dtype": "float32"},
    }
    columns, vocabulary = [], 0
    for name in series["by"]:
        values = sorted({text.strip() for text in training[name]})
        columns.append({
            "column": name, "kind": "category", "input": "categories", "parse": {"as": "text"}, "start": vocabulary,
            "features": [{"make": "lookup", "values": values}],
        })  # fmt: skip
        vocabulary += 1 + len(values)
    if vocabulary:
        inputs["categories"] = {"shape": [len(series["by"])], "dtype": "int32", "vocabulary": vocabulary}
    plain = [(goal.target, "number", made["target"]["parse"])]
    plain += [(past["column"], "number", past["parse"]) for past in series["past"]]
    if series["time"]:
        plain.insert(0, (series["time"], series["parse"]["as"], series["parse"]))
    columns += [
        {"column": name, "kind": kind, "input": "past", "parse": parse, "fill": 0.0, "features": []}
        for name, kind, parse in plain
    ]
    return {"inputs": inputs, "columns": columns}
