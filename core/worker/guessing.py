"""The loss of always giving the same answer: what every network has to beat, on rows as training counts them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.tasks import SHELF as TASKS
from core.worker.objective import row_weights

TINY = 1e-7  # as Keras's


def losses(
    task: str, train: np.ndarray, validation: np.ndarray, settings: Mapping[str, Any]
) -> dict[str, Any]:
    """What the event `begin` tells of guessing: its loss on training and on validation rows, and how many the latter are.

    The answer given is the one with the smallest loss on the training rows, weighted as they are.

    Args:
        train: The encoded target of the training rows.
        validation: That of the validation rows, which all count alike.
        settings: Values of `core.spec.TRAINING`.
    """
    weights = row_weights(task, train, settings)
    found = {"validation_rows": len(validation)}
    if task == "forecast":
        return found  # the same answer each time leans on the seasons before, which is more than a guess
    if "crossentropy" not in TASKS[task].LOSS:
        answer = np.mean(train, axis=0, dtype=np.float64)
        return {
            **found,
            "guess_loss": float(np.mean(np.square(train - answer))),
            "guess_val_loss": float(np.mean(np.square(validation - answer))),
        }
    classes = int(max(np.max(train), np.max(validation), 1)) + 1
    smoothing = settings.get("label_smoothing", 0.0)
    trained, judged = (_shares(side, classes, w) for side, w in ((train, weights), (validation, None)))
    given = (1 - smoothing) * trained + smoothing / classes
    surprise = -np.log(np.maximum(given, TINY))
    aims = {
        name: (1 - smoothing) * side + smoothing / classes for name, side in (("", trained), ("val_", judged))
    }
    return {**found, **{f"guess_{name}loss": float(aim @ surprise) for name, aim in aims.items()}}


def _shares(truth: np.ndarray, classes: int, weights: np.ndarray | None) -> np.ndarray:
    """The share of each class, weighted, float64 [classes]."""
    counts = np.bincount(np.asarray(truth).reshape(-1).astype(np.int64), weights, classes)
    return counts / counts.sum()
