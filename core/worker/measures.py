"""The main metric, watched while training: on training rows by Keras in the step, on validation rows exactly."""

import math
from typing import Any

import keras
import numpy as np
from keras import ops

from core.tasks import SHELF as TASKS

TINY = 1e-7


class ExplainedCounts(keras.metrics.Metric):
    """The share of the Poisson deviance that is explained, as `core.tasks.count` measures it."""

    def __init__(self, name: str):
        super().__init__(name=name)
        self.rows, self.truth, self.surprise, self.missed = (
            self.add_weight(shape=(), initializer="zeros", name=part)
            for part in ("rows", "truth", "surprise", "missed")
        )

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Add up the sums that it follows from."""
        truth, said = ops.cast(y_true, self.dtype), ops.maximum(ops.cast(y_pred, self.dtype), TINY)
        surprise = truth * ops.log(ops.maximum(truth, TINY))
        self.rows.assign_add(ops.cast(ops.shape(truth)[0], self.dtype))
        self.truth.assign_add(ops.sum(truth))
        self.surprise.assign_add(ops.sum(surprise))
        self.missed.assign_add(ops.sum(surprise - truth * ops.log(said) - truth + said))

    def result(self) -> Any:
        """One number, 0 before the first row."""
        mean = self.truth / ops.maximum(self.rows, 1)
        guessed = self.surprise - self.truth * ops.log(ops.maximum(mean, TINY))
        return 1 - ops.divide_no_nan(self.missed, guessed)


class MiddleR2(keras.metrics.R2Score):
    """Keras's own measure of the middle one of three numbers, whatever their order."""

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        super().update_state(y_true, ops.sort(y_pred, axis=-1)[:, 1:2], sample_weight)


class StepsKappa(keras.metrics.Metric):
    """Agreement of classes that stand in an order, as `core.tasks.ordered` measures it."""

    def __init__(self, name: str):
        super().__init__(name=name)
        # Rows, the truth, the answer, the squares of both, and the squared distance between them.
        self.sums = self.add_weight(shape=(6,), initializer="zeros", name="sums")

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Add up the sums that it follows from."""
        truth = ops.cast(ops.reshape(y_true, (-1,)), self.dtype)
        # The chance to come beyond each class: the answer is the first that is not more likely passed than not.
        beyond = ops.cumprod(ops.cast(y_pred, self.dtype), axis=-1)
        said = ops.sum(ops.cast(beyond > 0.5, self.dtype), axis=-1)
        parts = [ops.ones_like(truth), truth, said, truth**2, said**2, (truth - said) ** 2]
        self.sums.assign_add(ops.stack([ops.sum(part) for part in parts]))

    def result(self) -> Any:
        """One number; 1 before the first row."""
        rows, truth, said, truth2, said2, missed = ops.unstack(self.sums)
        by_chance = truth2 + said2 - 2 * ops.divide_no_nan(truth * said, rows)
        return 1 - ops.divide_no_nan(missed, by_chance)


class FoundInBatch(keras.metrics.Mean):
    """The share of questions whose own answer lies nearer than all others of the batch."""

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Look at one batch: points of questions and answers side by side."""
        question, answer = ops.split(ops.cast(y_pred, self.dtype), 2, axis=-1)
        near = ops.matmul(question, ops.transpose(answer))
        number = ops.reshape(y_true, (-1,))
        found = ops.take(number, ops.argmax(near, axis=1))
        super().update_state(ops.cast(found == number, self.dtype))


class NextFound(keras.metrics.Mean):
    """How far up what really came next stands among all items, as `core.tasks.recommend` measures it."""

    SHOWN = 10
    ROWS = 32  # of a batch, where scoring all items takes time

    def __init__(self, name: str, end: Any = None):
        super().__init__(name=name)
        self.end = end

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Look at one batch: codes of what came next, above 0, the latest last, and a score for each code.

        Where only some items are scored while it trains, it is given what scores them, and looks at the batch's first rows.
        """
        # Of all steps it would cost a fifth of the time.
        last = y_pred if len(y_pred.shape) == 2 else y_pred[:, -1, :]
        if self.end is not None and y_pred.shape[-1] != self.end.chances.shape[0]:
            last, y_true = self.end(last[: self.ROWS], training=False), y_true[: self.ROWS]
        wanted = ops.maximum(ops.cast(y_true, "int32"), 0)[:, -1:]
        own = ops.take_along_axis(last, wanted, axis=-1)
        before = ops.sum(ops.cast(last > own, self.dtype), axis=-1, keepdims=True)
        gains = ops.where(before < self.SHOWN, math.log(2) / ops.log(2.0 + before), 0.0)
        super().update_state(gains, ops.cast(wanted > 0, self.dtype))


def bits(y_true: Any, y_pred: Any) -> Any:
    """How much each place still has to be told, in bits [rows, steps]."""
    return keras.losses.sparse_categorical_crossentropy(y_true, y_pred) / math.log(2)


class RightAtSteps(keras.metrics.Mean):
    """The share of steps whose likeliest answer is right, among those that count."""

    def __init__(self, name: str, padding: int):
        super().__init__(name=name)
        self.padding = padding

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Look at one batch: true codes [rows, steps] and chances [rows, steps, codes]."""
        truth = ops.cast(y_true, "int32")
        right = ops.equal(ops.cast(ops.argmax(y_pred, axis=-1), "int32"), truth)
        super().update_state(ops.cast(right, self.dtype), ops.cast(truth != self.padding, self.dtype))


def watched(task: str, end: Any = None) -> keras.metrics.Metric:
    """The Keras metric that follows the task's main one on the training rows, or the one that it names for that.

    Args:
        end: The layer that scores only some items while it trains, see `some_items`; None where there is none.
    """
    asked = TASKS[task]
    main = getattr(asked, "WATCHED", asked.MAIN)
    if hasattr(asked, "PADDING"):
        return RightAtSteps(main, asked.PADDING)
    make = {
        "roc_auc": lambda: keras.metrics.AUC(name=main),
        "accuracy": lambda: keras.metrics.SparseCategoricalAccuracy(name=main),
        "mase": lambda: keras.metrics.MeanAbsoluteError(name=main),
        "r2": lambda: (MiddleR2 if task == "amount_range" else keras.metrics.R2Score)(name=main),
        "f1_micro": lambda: keras.metrics.F1Score(average="micro", threshold=0.5, name=main),
        "kappa": lambda: StepsKappa(name=main),
        "recall_1": lambda: FoundInBatch(name=main),
        "ndcg_10": lambda: NextFound(main, end),
        "bits": lambda: keras.metrics.MeanMetricWrapper(bits, name=main),
        "d2": lambda: ExplainedCounts(name=main),
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
