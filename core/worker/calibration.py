"""Chances that can be taken at their word: after training, one number makes all of them less or more sure.

The number, the temperature, is fitted on the validation rows, and the last layer's weights are divided by it. The model
file itself is then calibrated, and with it everything that is made of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import keras
import numpy as np
from scipy.optimize import minimize_scalar

from core.tasks import SHELF as TASKS
from core.words import Sentence, mark

LEAST, MOST = 0.1, 10.0
STEPS = 41
SPREAD = (
    0.5  # how far ln T is believed to lie from 0 before any row is seen; on many rows it no longer counts
)
LEAST_GAIN = 1.0  # what a further number gains by luck alone, in sums of log losses (Akaike 1974)
MOST_ROWS = 20_000
AT_ONCE = 1_024


@dataclass(frozen=True)
class Calibrated:
    """What became of the chances.

    Args:
        temperature: By what the last layer's sums are divided; above 1 it makes the answers less sure.
        loss_before: The mean log loss on validation rows as it was trained.
        loss_after: The same with the temperature.
        kept: Whether it helped by more than luck would; otherwise the model is as it was.
    """

    temperature: float
    loss_before: float
    loss_after: float
    kept: bool

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "text": self.sentence.to_json()}

    @property
    def sentence(self) -> Sentence:
        """What was done, for somebody who never heard of it."""
        said = {
            "temperature": self.temperature,
            "before": self.loss_before,
            "after": self.loss_after,
        }
        if not self.kept:
            return mark(
                "Its percentages fit the validation rows as they are, so nothing was changed about them."
            )
        if self.temperature > 1:
            return mark(
                "Its percentages were too sure and have been softened (temperature {temperature:.2f}): "
                "log loss on validation rows {before:.4f} before, {after:.4f} now.",
                **said,
            )
        return mark(
            "Its percentages were too timid and have been sharpened (temperature {temperature:.2f}): "
            "log loss on validation rows {before:.4f} before, {after:.4f} now.",
            **said,
        )


def calibrate(
    model: keras.Model, task: str, inputs: Mapping[str, np.ndarray], truth: np.ndarray
) -> Calibrated | None:
    """Divide the last layer's weights by the temperature that suits these rows best, if that helps.

    Args:
        inputs: Those of the validation rows, by name.
        truth: Their encoded target.

    Returns:
        What was done, or None where the answers are no chances.

    Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 4.2.
    """
    last = model.layers[-1]
    activation = getattr(getattr(last, "activation", None), "__name__", "")
    is_one = TASKS[task].FORM == "classes" and "crossentropy" in TASKS[task].LOSS
    if not is_one or activation != TASKS[task].ACTIVATION:
        return None
    rows = np.sort(np.random.RandomState(1).permutation(len(truth))[:MOST_ROWS])
    sums = np.concatenate(list(_sums(model, last, inputs, rows)))
    found = fit(sums, np.asarray(truth)[rows])
    if found.kept:
        soften(model, found.temperature)
    return found


def soften(model: keras.Model, temperature: float) -> None:
    """Divide the last layer's weights by the temperature."""
    last = model.layers[-1]
    for weight in (last.kernel, last.bias):
        weight.assign(weight / temperature)


def _sums(
    model: keras.Model, last: keras.layers.Layer, inputs: Mapping[str, np.ndarray], rows: np.ndarray
) -> Iterator[np.ndarray]:
    """What the last layer makes of the rows before it bends it: [rows, units], or [rows, members, units].

    Taken before the bend, because chances of 0 and 1 no longer tell how sure they were.
    """
    before = keras.Model(model.inputs, last.input)
    kernel, bias = (keras.ops.convert_to_numpy(weight) for weight in (last.kernel, last.bias))
    for at in range(0, len(rows), AT_ONCE):
        some = rows[at : at + AT_ONCE]
        given = before.predict_on_batch([np.asarray(inputs[tensor.name][some]) for tensor in model.inputs])
        yield np.einsum("r...n,...nu->r...u", given, kernel) + bias


def fit(sums: np.ndarray, truth: np.ndarray) -> Calibrated:
    """The temperature with the smallest mean log loss, and whether it is worth keeping.

    Few rows say little about it: it is held near 1 as if ln T had come from a normal curve of spread `SPREAD`.

    Args:
        sums: What stands before the sigmoid or softmax: [rows, units], or [rows, members, units] where the chances of
            members are averaged.
        truth: Numbers of classes, one for each row.
    """
    classes = np.asarray(truth).reshape(-1).astype(np.int64)

    def believed(log_temperature: float) -> float:
        doubt = log_temperature**2 / (2 * SPREAD**2 * len(classes))
        return log_loss(sums / np.exp(log_temperature), classes) + doubt

    # Of averaged members the loss may have more than one valley: look everywhere, then closer at the deepest.
    tried = np.linspace(np.log(LEAST), np.log(MOST), STEPS)
    place = int(np.argmin([believed(value) for value in tried]))
    near = tried[max(place - 1, 0)], tried[min(place + 1, STEPS - 1)]
    temperature = float(np.exp(minimize_scalar(believed, bounds=near, method="bounded").x))
    before, after = log_loss(sums, classes), log_loss(sums / temperature, classes)
    return Calibrated(temperature, before, after, bool((before - after) * len(classes) > LEAST_GAIN))


def log_loss(sums: np.ndarray, classes: np.ndarray) -> float:
    """The mean surprise at the true classes, of chances that are averaged over members if there are any."""
    values = np.asarray(sums, np.float64)
    if values.shape[-1] == 1:  # a sigmoid is a softmax whose other sum is 0
        values = np.concatenate([np.zeros_like(values), values], axis=-1)
    logs = values - np.logaddexp.reduce(values, axis=-1, keepdims=True)
    if logs.ndim == 3:
        logs = np.logaddexp.reduce(logs, axis=1) - np.log(logs.shape[1])
    return float(-logs[np.arange(len(classes)), classes].mean())
