"""How good a forecast is on the time that was kept apart: figures with intervals, step by step, beside simple forecasts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core import recipes, windows
from core.baselines import SHELF as BASELINES
from core.baselines import suiting
from core.baselines._series import SeriesQuestion
from core.prepare import Prepared
from core.results import forecasts, outlook
from core.results.evaluation import plain
from core.series import Sides, apart, prepared
from core.tasks import SHELF as TASKS
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

Predict = Callable[[Mapping[str, np.ndarray]], np.ndarray]
Progress = Callable[[float, Sentence], None]
AT_ONCE = 2_048


@dataclass(frozen=True)
class Asked:
    """The windows of a side with the truth.

    Args:
        origins: Of which grid, and after which of its places.
        truth: The next values in the target's unit, [windows, steps]; NaN where the table does not tell them.
        size: What repeating the last season missed within the training time, for each window's series.
        at: The step after which each forecast is made.
    """

    made: Mapping[str, Any]
    grids: Sequence[Mapping[str, Any]]
    origins: Sequence[tuple[int, np.ndarray]]
    truth: np.ndarray
    size: np.ndarray
    at: np.ndarray

    def said(self, predict: Predict) -> np.ndarray:
        """The network's forecasts in the target's unit."""
        parts = []
        for number, origins in self.origins:
            for begin in range(0, len(origins), AT_ONCE):
                some = origins[begin : begin + AT_ONCE]
                inputs, base, scale = windows.windows(self.made, self.grids[number], some)
                parts.append(windows.forecasts(self.made, predict(inputs), base, scale))
        return np.concatenate(parts)


def asked(made: Mapping[str, Any], grids: Sequence[Any], origins: Any, seen: int) -> Asked:
    """The windows of a side with the truth.

    Args:
        seen: The first step after the training time.
    """
    truth = np.concatenate([prepared.truth_of(made, grids[number], some) for number, some in origins])
    size = np.concatenate([np.full(len(some), _size(made, grids[number], seen)) for number, some in origins])
    at = np.concatenate([grids[number]["first"] + some for number, some in origins])
    known = size[np.isfinite(size) & (size > 0)]
    usual = float(np.median(known)) if len(known) else 1.0
    return Asked(made, grids, origins, truth, np.where(np.isfinite(size) & (size > 0), size, usual), at)


def _size(made: Mapping[str, Any], grid: Mapping[str, Any], seen: int) -> float:
    """The mean miss of repeating the last season within the training time, in the target's unit."""
    series = made["series"]
    learned = windows.unbend(series, grid["values"][: max(seen - grid["first"], 0)])
    season = series["season"]
    return float(np.abs(learned[season:] - learned[:-season]).mean()) if len(learned) > season else np.nan


def evaluate(
    ready: Prepared,
    table: "DataFrame",
    predict: Predict,
    *,
    seconds: float = 0.0,
    best_epoch: int = 0,
    progress: Progress = lambda share, text: None,
) -> dict[str, Any]:
    """All that Results shows, as plain JSON, like `core.results.evaluate`.

    Args:
        table: The whole table of text.
        predict: The network's outputs [windows, steps] for its inputs.
    """
    made, known = ready.recipes, ready.facts["series"]
    progress(0.0, mark("Answering the test rows"))
    grids = prepared.grids_of(made, table)
    edges = apart.Edges(known["validation"], known["test"], known["end"])
    sides = apart.divided(made, grids, edges)
    test = asked(made, grids, sides.test, edges.validation)
    said = test.said(predict)
    others = _baselines(test, edges, progress)
    progress(0.6, mark("Measuring how sure the figures are"))
    task = TASKS[made["task"]]
    found = {
        "version": 1, "task": made["task"], "target": made["target"]["column"], "main": task.MAIN,
        "rows": ready.facts["rows"], "seconds": round(seconds, 2), "best_epoch": best_epoch,
        "metrics": _metrics(test, said, others, _validation(made, grids, sides, edges, predict)),
        "series": {**known, "first": _when(made, edges.test), "last": _when(made, edges.end - 1)},
        "by_step": forecasts.by_step(test.truth, {"network": said, **others}),
        "windows": outlook.pictured(test, said, others),
        "worst": [], "importance": [],
    }  # fmt: skip
    columns = {recipe["column"]: table[recipe["column"]].tolist() for recipe in made["columns"]}
    found["next"] = outlook.coming(made, grids, windows.latest(made, columns, predict, recipes.read_values))
    told = outlook.tell(found, made)
    found["sentences"] = [sentence.to_json() for sentence in told.sentences]
    found["warnings"] = [sentence.to_json() for sentence in told.warnings]
    progress(1.0, mark("Measured"))
    return plain(found)


def _when(made: Mapping[str, Any], step: int) -> str:
    moment = float(windows.moments_at(made["series"], np.array([step]))[0])
    return windows.text_of(made["series"], moment) if np.isfinite(moment) else ""


def _baselines(test: Asked, edges: apart.Edges, tell: Progress) -> dict[str, np.ndarray]:
    # Whoever only carries on what was seen may see all that came before the test.
    question = SeriesQuestion(test.made, test.grids, test.origins, edges.test)
    answers = {}
    for name in suiting(test.made["task"]):
        tell(0.3, mark("Comparing with: {baseline}", baseline=BASELINES[name].LABEL))
        answers[name] = np.asarray(BASELINES[name].answer(question), np.float64)
    return answers


def _validation(
    made: Mapping[str, Any], grids: Sequence[Any], sides: Sides, edges: apart.Edges, predict: Predict
) -> dict[str, float]:
    side = asked(made, grids, sides.validation, edges.validation)
    return forecasts.measured(side.truth, side.said(predict), side.size)


def _metrics(
    test: Asked, said: np.ndarray, others: Mapping[str, np.ndarray], validation: Mapping[str, float]
) -> dict[str, Any]:
    draws = forecasts.draws(test.at, test.truth.shape[1])

    def intervals(values: np.ndarray) -> dict[str, tuple[float, float]]:
        return forecasts.between(forecasts.scores(test.truth, values, test.size, draws))

    def ahead(values: np.ndarray) -> tuple[float, float]:
        """By how much the network misses less, both measured on the same draws."""
        ours, theirs = (forecasts.scores(test.truth, v, test.size, draws)["mase"] for v in (said, values))
        return forecasts.between({"ahead": theirs - ours})["ahead"]

    return {
        "validation": dict(validation),
        "test": forecasts.measured(test.truth, said, test.size),
        "intervals": intervals(said),
        "baselines": {name: forecasts.measured(test.truth, v, test.size) for name, v in others.items()},
        "baseline_intervals": {name: intervals(values) for name, values in others.items()},
        "ahead": {name: ahead(values) for name, values in others.items()},
    }
