"""How large the weights of each layer are, and how strongly one batch pulls at them, measured when somebody asks.

Nothing of the training is changed by looking: no random number is used up, no running mean moves, and the optimizer
is not touched.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.graph import Graph, Layer, measure, opened, order, stands_for
from core.prepare import Prepared
from core.runs.events import Journal
from core.runs.folder import LOOK
from core.words import mark
from core.worker.loop import Position, row_order

KIND = "layers"
SECONDS_BETWEEN = 0.1  # two looks for the file
MOST_ROWS = 256
MOST_NUMBERS = 32_000_000  # that all layers give at once for these rows
DIGITS = 4


class LayerSizes:
    """Watches a training: when the file `look` lies in the run's folder, it looks, writes, and removes the file.

    Args:
        graph: The drawing that the model was built of; a block counts as one layer.
        batch_size: Rows per step; a look takes as many, but never more than `MOST_ROWS`.
    """

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        model: keras.Model,
        graph: Graph,
        prepared: Prepared,
        batch_size: int,
        seed: int,
    ):
        self.asked, self.journal, self.model, self.seed = folder / LOOK, journal, model, seed
        self.inputs, self.truth = prepared.arrays("train")
        report = measure(graph, prepared.facts)
        parts = stands_for(graph, report, opened(graph, prepared.facts))
        self.layers = [(layer, _built(model, parts[layer.name])) for layer in order(graph)]
        numbers = sum(prod(layer.output.shape[1:]) for layer in model.layers)
        self._looks_at = 0.0
        self.rows = max(1, min(batch_size, len(self.truth), MOST_ROWS, MOST_NUMBERS // numbers))

    def between(self, at: Position) -> None:
        """Look now if somebody has asked for it."""
        now = time.monotonic()
        if now < self._looks_at:
            return
        self._looks_at = now + SECONDS_BETWEEN
        if not self.asked.exists():
            return
        self.asked.unlink(missing_ok=True)
        try:
            found = self._look(at.epoch)
        except (tf.errors.ResourceExhaustedError, MemoryError):  # training has what it needs; this is extra
            text = mark("There was too little memory to look inside the layers; training goes on.")
            self.journal.write("message", text=text.to_json())
            return
        self.journal.write(KIND, epoch=at.epoch, step=at.steps, rows=self.rows, layers=found)

    def judged(self, at: Position, truth: np.ndarray, outputs: np.ndarray) -> None:
        """Nothing: an epoch's end is as good a moment as any."""

    def end(self) -> None:
        """Nobody is answered any more."""
        self.asked.unlink(missing_ok=True)

    def _look(self, epoch: int) -> list[dict[str, Any]]:
        chosen = np.sort(row_order(self.seed, epoch, len(self.truth))[: self.rows])
        given = [tf.convert_to_tensor(np.asarray(self.inputs[one.name][chosen])) for one in self.model.inputs]
        truth = tf.convert_to_tensor(np.asarray(self.truth[chosen]))
        with unchanged(self.model):
            gradients = self._gradients(given, truth)
            silent = self._silent(given)
        return [
            told
            for layer, built in self.layers
            if (told := _sizes(layer, built, gradients, silent)) is not None
        ]

    def _gradients(self, given: list[tf.Tensor], truth: tf.Tensor) -> dict[int, Any]:
        """What each weight is pulled by, by the id of the weight; as in a step, with dropout and means of this batch."""
        weights = self.model.trainable_weights
        with tf.GradientTape() as tape:
            outputs = self.model(given, training=True)
            loss = self.model.compute_loss(given, truth, outputs, training=True)
        found = tape.gradient(loss, [weight.value for weight in weights])
        return {id(weight): _dense(one) for weight, one in zip(weights, found, strict=True)}

    def _silent(self, given: list[tf.Tensor]) -> dict[str, float]:
        """The share of units that answer none of these rows, for each built layer that lets only positive numbers by."""
        asked = {
            layer.name: layer.output for _, built in self.layers for layer in built if _is_rectified(layer)
        }
        if not asked:
            return {}
        said = keras.Model(self.model.inputs, asked)(given, training=False)
        return {
            name: float(np.mean(np.asarray(one).reshape(-1, one.shape[-1]).max(axis=0) <= 0))
            for name, one in said.items()
        }


@contextmanager
def unchanged(model: keras.Model) -> Iterator[None]:
    """Whatever is asked of the model inside, its random state, running means and metrics are the same afterwards."""
    own = [*model.non_trainable_variables, *_seeds(model), *model.metrics_variables]
    before = [np.array(variable.value.numpy()) for variable in own]
    try:
        yield
    finally:
        for variable, value in zip(own, before, strict=True):
            variable.assign(value)


def _seeds(model: keras.Model) -> list[Any]:
    """Variables that are neither weights nor listed as not trainable: the states of random generators."""
    listed = {id(one) for one in (*model.trainable_variables, *model.non_trainable_variables)}
    return [one for one in model.variables if id(one) not in listed]


def _built(model: keras.Model, layers: Sequence[Layer]) -> list[keras.layers.Layer]:
    """The layers of the model for these of the opened drawing; inputs are no layers that could be looked into."""
    return [model.get_layer(layer.name) for layer in layers if layer.kind != "input"]


def _sizes(
    layer: Layer,
    built: Sequence[keras.layers.Layer],
    gradients: dict[int, Any],
    silent: dict[str, float],
) -> dict[str, Any] | None:
    """What is told about one layer of the drawing; None where it has neither weights to learn nor silent units."""
    weights = [weight for one in built for weight in one.trainable_weights]
    quiet = [silent[one.name] for one in built if one.name in silent]
    if not weights and not quiet:
        return None
    told: dict[str, Any] = {"name": layer.name, "kind": layer.kind}
    if weights:
        told["count"] = int(sum(prod(weight.shape) for weight in weights))
        told["weights"] = _norm([weight.value for weight in weights])
        told["gradient"] = _norm([gradients[id(w)] for w in weights if gradients.get(id(w)) is not None])
    if quiet:
        told["silent"] = round(max(quiet), 4)
    return told


def _norm(arrays: Sequence[tf.Tensor | tf.Variable]) -> float:
    """The length of all these numbers as one vector; infinite or no number where one of them is."""
    squares = [np.square(array.numpy().astype(np.float64)).sum() for array in arrays]
    return float(f"{float(np.sqrt(sum(squares))):.{DIGITS}g}")


def _dense(gradient: Any) -> Any:
    """The gradient of a table holds a line for each look into it: lines of the same place are added up."""
    if not isinstance(gradient, tf.IndexedSlices):
        return gradient
    places, line = tf.unique(gradient.indices)
    return tf.math.unsorted_segment_sum(gradient.values, line, tf.size(places))


def _is_rectified(layer: keras.layers.Layer) -> bool:
    if isinstance(layer, keras.layers.ReLU):
        return not layer.negative_slope
    return getattr(layer, "activation", None) is keras.activations.relu
