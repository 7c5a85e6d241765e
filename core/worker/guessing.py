"""The loss of always giving the same answer: what every network has to beat, on rows as training counts them."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core.tasks import SHELF as TASKS
from core.tasks._scores import pinball
from core.tasks.amount_range import SHARES
from core.worker.objective import row_weights

TINY = 1e-7  # as Keras's
_OFF: Mapping[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "mean_squared_error": lambda truth, answer: np.square(truth - answer),
    "Pinball": lambda truth, answer: pinball(np.asarray(truth)[:, 0], answer[None], SHARES),
    "poisson": lambda truth, answer: answer - truth * np.log(answer + TINY),
}


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
    if task == "recommend":
        return found  # the bestsellers stand beside the results
    if task == "best_answer":
        return found  # there is no point that lies close to all answers
    if task == "forecast":
        return found  # the same answer each time leans on the seasons before, which is more than a guess
    if TASKS[task].FORM == "number":
        answer = _same(TASKS[task].LOSS, train)
        off = _OFF[TASKS[task].LOSS]
        return {
            **found,
            "guess_loss": float(np.mean(off(train, answer))),
            "guess_val_loss": float(np.mean(off(validation, answer))),
        }
    if TASKS[task].FORM == "labels":
        return {**found, **_of_labels(train, validation, settings.get("label_smoothing", 0.0))}
    if hasattr(TASKS[task], "PADDING"):  # what stands behind the end of a text is never asked
        train, validation = (side[np.asarray(side) != TASKS[task].PADDING] for side in (train, validation))
    classes = int(max(np.max(train), np.max(validation), 1)) + 1
    smoothing = settings.get("label_smoothing", 0.0) if "crossentropy" in TASKS[task].LOSS else 0.0
    trained, judged = (_shares(side, classes, w) for side, w in ((train, weights), (validation, None)))
    given = (1 - smoothing) * trained + smoothing / classes
    surprise = -np.log(np.maximum(given, TINY))
    aims = {
        name: (1 - smoothing) * side + smoothing / classes for name, side in (("", trained), ("val_", judged))
    }
    return {**found, **{f"guess_{name}loss": float(aim @ surprise) for name, aim in aims.items()}}


def _of_labels(train: np.ndarray, validation: np.ndarray, smoothing: float) -> dict[str, float]:
    """The losses of saying for every row how often each label stands."""
    aims = [
        (1 - smoothing) * np.mean(side, axis=0, dtype=np.float64) + smoothing / 2
        for side in (train, validation)
    ]
    given = np.clip(aims[0], TINY, 1 - TINY)
    losses = [float(-(aim * np.log(given) + (1 - aim) * np.log(1 - given)).mean()) for aim in aims]
    return {"guess_loss": losses[0], "guess_val_loss": losses[1]}


def _same(loss: str, train: np.ndarray) -> np.ndarray:
    """The number, or numbers, with the smallest loss on these rows."""
    if loss == "Pinball":
        return np.quantile(np.asarray(train, np.float64), SHARES)
    return np.mean(train, axis=0, dtype=np.float64)


def _shares(truth: np.ndarray, classes: int, weights: np.ndarray | None) -> np.ndarray:
    """The share of each class, weighted, float64 [classes]."""
    counts = np.bincount(np.asarray(truth).reshape(-1).astype(np.int64), weights, classes)
    return counts / counts.sum()
