"""The last season again: next March will be like this March."""

import numpy as np

from core import windows
from core.baselines._series import SeriesQuestion
from core.words import mark

FOR = "series"
LABEL = mark("Simply repeating")
HELP = mark("Each step is said to be as it was one season before, or last. Below this nothing was learned.")


def answer(question: SeriesQuestion) -> np.ndarray:
    """The next values after each origin in the target's unit, [origins, steps]."""
    series = question.recipes["series"]
    ahead = np.arange(1, series["steps"] + 1)[None, :]
    said = [
        windows.before(question.grids[number]["values"], origins, ahead, series["season"])
        for number, origins in question.origins
    ]
    return windows.unbend(series, np.concatenate(said))
