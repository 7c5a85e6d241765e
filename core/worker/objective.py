"""What training makes smaller and how: the task's loss, the weight of each row, and the optimizer with its settings."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from core.layers import UNDECAYED
from core.tasks import SHELF as TASKS
from core.worker import some_items
from core.worker.averaging import LatestShare
from core.worker.own import own_class

AVERAGED_EPOCHS = 2


def compile_model(model: keras.Model, task: str, settings: Mapping[str, Any], steps: int = 0) -> None:
    """AdamW with clipped gradients and the task's own loss.

    Args:
        settings: Values of `core.spec.TRAINING`; `learning_rate` and `weight_decay` at least.
        steps: Steps per epoch. If given, the weights are also averaged over the last `AVERAGED_EPOCHS` epochs, and that
            average is what is judged and kept: it forgets what single batches said last. Where each row is answered at each
            of its steps, so few epochs may be all there are, and it is the latest tenth of all steps (`LatestShare`).

    Source: Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", SIAM J. Control Optim. 30
        (1992).
    """
    averaging = {"use_ema": True, "ema_momentum": 1 - 1 / max(2, AVERAGED_EPOCHS * steps)} if steps else {}
    kind = LatestShare if hasattr(TASKS[task], "steps") else keras.optimizers.AdamW
    optimizer = kind(
        learning_rate(settings, steps),
        weight_decay=settings["weight_decay"],
        global_clipnorm=settings.get("global_clipnorm", 1.0) or None,
        **averaging,
    )
    optimizer.exclude_from_weight_decay(var_names=list(UNDECAYED))
    model.compile(optimizer, loss(task, settings.get("label_smoothing") or 0.0, some_items.end(model)))


def learning_rate(settings: Mapping[str, Any], steps: int) -> float | keras.optimizers.schedules.CosineDecay:
    """The rate, or how it follows from the number of steps taken: it may rise at first, and fall after that.

    Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017; the warm-up of
        Goyal et al., "Accurate, Large Minibatch SGD", 2017.
    """
    rate = settings["learning_rate"]
    falling = settings.get("schedule", "constant") == "cosine"
    warm_up = round((settings.get("warm_up") or 0.0) * steps)
    if not falling and not warm_up:
        return rate
    rising = {"initial_learning_rate": 0.0, "warmup_target": rate, "warmup_steps": warm_up}
    return keras.optimizers.schedules.CosineDecay(
        decay_steps=max(settings.get("epochs", 1) * steps - warm_up, 1),
        alpha=0.0 if falling else 1.0,  # a fall to the whole of it is none
        **(rising if warm_up else {"initial_learning_rate": rate}),
    )


def loss(task: str, label_smoothing: float = 0.0, end: Any = None) -> Any:
    """The task's loss in Keras, with smoothed labels where that is asked for and the task has labels.

    Args:
        end: The layer that scores only some items while it trains, see `some_items`; None where there is none.

    Source: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016, section 7.
    """
    name = TASKS[task].LOSS
    if getattr(TASKS[task], "OWN_LOSS", False):
        return own_class(name)(end) if end is not None else own_class(name)()
    padding = getattr(TASKS[task], "PADDING", None)
    if not label_smoothing:
        return name if padding is None else keras.losses.SparseCategoricalCrossentropy(ignore_class=padding)
    if name == "binary_crossentropy":
        return keras.losses.BinaryCrossentropy(label_smoothing=label_smoothing)
    if name == "sparse_categorical_crossentropy":
        return SmoothedCrossentropy(label_smoothing, padding)
    return name


class SmoothedCrossentropy(keras.losses.Loss):
    """Keras's categorical cross-entropy with smoothed labels, for answers given as the numbers of classes.

    Args:
        padding: The number that stands at steps which do not count; None where all count.
    """

    def __init__(self, label_smoothing: float, padding: int | None = None):
        super().__init__(name="smoothed_crossentropy")
        self.label_smoothing, self.padding = label_smoothing, padding

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """The loss of each row [rows] or of each of its steps [rows, steps].

        Args:
            y_true: Numbers of classes, [rows], [rows, 1] or [rows, steps].
            y_pred: Chances, [rows, classes] or [rows, steps, classes].
        """
        classes = keras.ops.cast(keras.ops.reshape(y_true, keras.ops.shape(y_pred)[:-1]), "int32")
        logits = getattr(y_pred, "_keras_logits", None)  # Keras's own losses look for them too
        if logits is None:
            labels = keras.ops.one_hot(classes, y_pred.shape[-1], dtype=y_pred.dtype)
            losses = keras.losses.categorical_crossentropy(
                labels, y_pred, label_smoothing=self.label_smoothing
            )
        else:
            losses = self._of_logits(classes, logits)
        if self.padding is None:
            return losses
        # Keras takes the mean over all steps, and this makes it the mean over those that count.
        counts = keras.ops.cast(classes != self.padding, losses.dtype)
        return losses * keras.ops.divide_no_nan(counts, keras.ops.mean(counts))

    def _of_logits(self, classes: Any, logits: Any) -> Any:
        """The same without a row of labels for each answer, which of thousands of classes takes longer than all layers."""
        own = keras.ops.sparse_categorical_crossentropy(classes, logits, from_logits=True)
        every = keras.ops.logsumexp(logits, axis=-1) - keras.ops.mean(logits, axis=-1)
        return (1 - self.label_smoothing) * own + self.label_smoothing * every


def row_weights(task: str, truth: np.ndarray, settings: Mapping[str, Any]) -> np.ndarray | None:
    """How much each training row counts, float32 [rows], or None where all count alike.

    Balanced: rows / (classes · rows of its class), so that all classes count the same and the average is 1.

    Source: King and Zeng, "Logistic Regression in Rare Events Data", Political Analysis 9 (2001); the same numbers as
        scikit-learn's `compute_class_weight("balanced", …)`.
    """
    if settings.get("class_weight", "none") != "balanced" or "crossentropy" not in TASKS[task].LOSS:
        return None
    if TASKS[task].FORM == "labels" or hasattr(
        TASKS[task], "steps"
    ):  # a row with many answers is in no class
        return None
    classes = np.asarray(truth).reshape(-1).astype(np.int64)
    counts = np.bincount(classes)
    return (len(classes) / (np.count_nonzero(counts) * counts[classes])).astype(np.float32)
