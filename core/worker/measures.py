"""The main metric, watched while training: on training rows by Keras in the step, on validation rows exactly."""

from typing import Any

import keras
import numpy as np

from core.tasks import SHELF as TASKS


def watched(task: str) -> keras.metrics.Metric:
    """The Keras metric that follows the task's main one on the training rows."""
    main = TASKS[task].MAIN
    make = {
        "roc_auc": lambda: keras.metrics.AUC(name=main),
        "accuracy": lambda: keras.metrics.SparseCategoricalAccuracy(name=main),
        "r2": lambda: keras.metrics.R2Score(name=main),
    }
    return make[main]()


STRANGEST = 0.02  # share of the validation rows


def choosing(task: str, truth: np.ndarray, outputs: np.ndarray, loss: float) -> float:
    """What decides which epoch is the best; smaller is better.

    It is the loss, but for amounts without the `STRANGEST` rows: a squared error can be so large for one row, such as
    a palace sold for the price of a hut, that it alone would end the training after some few epochs.

    Args:
        loss: Of all validation rows.

    Source: the trimmed mean of Huber, "Robust Estimation of a Location Parameter", Ann. Math. Statist. 35 (1964).
    """
    if TASKS[task].LOSS != "mean_squared_error":
        return loss
    missed = np.sort(np.square(np.asarray(truth, np.float64) - outputs).mean(-1))
    return float(missed[: max(1, int(len(missed) * (1 - STRANGEST)))].mean())


def exact(task: str, target: dict[str, Any], truth: Any, outputs: Any) -> dict[str, float]:
    """The task's metrics in the user's units, named as in the results, each with `val_` in front."""
    return {f"val_{name}": value for name, value in TASKS[task].metrics(target, truth, outputs).items()}
