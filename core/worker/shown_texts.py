"""After the test: the worst and the most doubtful texts are kept for Results, with the words that decided each answer."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.answer import Model
from core.explainers import words
from core.prepare import Prepared
from core.results import shown_texts
from core.results.evaluation import Answered
from core.tasks import SHELF as TASKS

if TYPE_CHECKING:
    from pandas import DataFrame

SECONDS = 20.0  # that looking for the words may take in all; those of the other texts then stay unknown


def keep(
    folder: Path, prepared: Prepared, test: "DataFrame"
) -> Callable[[Mapping[str, np.ndarray], np.ndarray, np.ndarray], None] | None:
    """What has to be called with the test rows' inputs, truth and outputs; None where no column holds texts."""
    made = prepared.recipes
    if not shown_texts.columns(made):
        return None

    def write(inputs: Mapping[str, np.ndarray], truth: np.ndarray, outputs: np.ndarray) -> None:
        answered = Answered(TASKS[made["task"]], made["target"], truth, outputs, {})
        shown_texts.write(folder, answered, made, test, prepared.rows("test"), explainer(folder))

    return write


def explainer(folder: Path) -> Callable[[Mapping[str, str]], shown_texts.Pushes | None]:
    """What each stretch of a row's texts did for the answer of the run's finished model."""
    model = Model.open(folder)
    columns = shown_texts.columns(model.recipes)
    ends = time.monotonic() + SECONDS

    def explain(row: Mapping[str, str]) -> shown_texts.Pushes | None:
        if model.pictures or time.monotonic() > ends:  # pictures are not at hand for answering row by row
            return None
        return {
            name: [(push.start, push.end, push.push) for push in words.of_row(model, row, name)]
            for name in columns
        }

    return explain
