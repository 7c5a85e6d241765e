"""A goal for a table becomes the goal to forecast it."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core import datasets, recipes
from core.columns import SHELF as COLUMNS
from core.errors import DataError
from core.fields import Whole
from core.goal import Forecast, Goal, Split
from core.profile import Profile
from core.series.found import propose
from core.split import reading
from core.suggest import times
from core.words import mark

if TYPE_CHECKING:
    from pandas import DataFrame

AHEAD = Whole(
    label=mark("Steps ahead"), low=1, high=1_000, default=12,
    help=mark("How many of the next values are wanted; the further ahead, the rougher they are."),
)  # fmt: skip


def forecasting(
    data_id: str, facts: Profile, goal: Goal, time: str | None = None, by: tuple[str, ...] | None = None
) -> Goal:
    """The goal with what a forecast needs to know: found in the table where it is not given.

    Other numbers of each row stay inputs, of which only the past is seen.

    Args:
        time: The column that tells the time; empty where the rows as they stand are the steps.
        by: The columns that tell the series apart.

    Raises:
        DataError: If there is no column of this name, or it tells no times.
    """
    if time is None:
        time = (times(facts, goal.target) or _dates(facts, goal.target) or [""])[0]
    for name in (*([time] if time else []), *(by or ())):
        if name not in facts.kinds:
            raise DataError(
                mark("There is no column “{name}”.", name=name[:80]),
                mark("Choose from these: {names}.", names=list(facts.kinds)[:30]),
            )
    names = [c.name for c in facts.columns if c.kind in ("category", "identifier", "date") or c.name == time]
    table = datasets.table(data_id, list(dict.fromkeys([goal.target, *names])))
    found = propose(table, facts, goal.target, _moments(table, facts, time), time)
    if by is not None:
        found = replace(found, by=by)
    return with_forecast(goal, facts, found)


def with_forecast(goal: Goal, facts: Profile, forecast: Forecast) -> Goal:
    """The goal to forecast so, divided by time, with those inputs whose past can help."""
    split = Split("time", forecast.time, goal.split.validation, goal.split.test, goal.split.seed)
    beside = {goal.target, forecast.time, *forecast.by}
    inputs = tuple(n for n in goal.inputs if facts.kinds.get(n) == "number" and n not in beside)
    return replace(goal, task="forecast", inputs=inputs, split=split, forecast=forecast)


def _dates(facts: Profile, target: str) -> list[str]:
    return [c.name for c in facts.columns if c.kind == "date" and c.name != target]


def _moments(table: "DataFrame", facts: Profile, time: str) -> np.ndarray:
    if not time:
        return np.arange(len(table), dtype=np.float64)
    texts = table[time].tolist()
    kind = "number" if facts.kinds[time] == "number" else "date"
    return np.asarray(recipes.read_values(texts, reading(COLUMNS[kind], texts, time)))
