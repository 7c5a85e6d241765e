"""The main metric, watched while training: on training rows by Keras in the step, on validation rows exactly."""

from typing import Any

import keras

from core.tasks import SHELF as TASKS


def watched(task: str) -> keras.metrics.Metric:
    """The Keras metric that follows the task's main one on the training rows."""
    main = TASKS[task].MAIN
    make = {
        "roc_auc": lambda: keras.metrics.AUC(name=main),
        "accuracy": lambda: keras.metrics.SparseCategoricalAccuracy(name=main),
        "mase": lambda: keras.metrics.MeanAbsoluteError(name=main),
        "r2": lambda: keras.metrics.R2Score(name=main),
    }
    return make[main]()


def exact(task: str, target: dict[str, Any], truth: Any, outputs: Any) -> dict[str, float]:
    """The task's metrics in the user's units, named as in the results, each with `val_` in front."""
    return {f"val_{name}": value for name, value in TASKS[task].metrics(target, truth, outputs).items()}
