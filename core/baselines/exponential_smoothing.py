"""Exponential smoothing: level, trend and season, each carried on by what was just seen."""

import numpy as np

from core import windows
from core.baselines import _smoothing
from core.baselines._series import SeriesQuestion
from core.baselines._smoothing import Smoothing
from core.words import mark

FOR = "series"
LABEL = mark("Exponential smoothing")
HELP = mark(
    "Carries level, trend and season on, each changed a little by what was just seen; strong on few series."
)
MOST_FITTED = 150  # series; the others take the usual numbers of these
FEWEST_STEPS = 8


def answer(question: SeriesQuestion) -> np.ndarray:
    """The next values after each origin in the target's unit, [origins, steps]."""
    series = question.recipes["series"]
    steps, said, usual = series["steps"], [], None
    for count, (number, origins) in enumerate(question.origins):
        grid = question.grids[number]
        values = grid["values"]
        learned = values[: max(question.seen - grid["first"], 0)]
        if len(learned) < FEWEST_STEPS:
            learned = values[: max(int(origins[0]) + 1, 2)]
        if usual is None or count < MOST_FITTED:
            found = _smoothing.fitted(learned, series["season"])
            usual = usual or found.alpha
        else:
            found = Smoothing(usual, float(learned[:10].mean()))
        # The states go back to where fitting began, so that each origin knows all before it.
        begun = max(0, len(learned) - _smoothing.MOST_STEPS)
        _, after = found.run(values[begun:].tolist())
        said.append(after.forecasts(np.maximum(origins - begun, 0), steps))
    return windows.unbend(series, np.concatenate(said))
