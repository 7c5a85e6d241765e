"""Batch normalization beside averaged weights: what its layers remember is measured anew for the weights at hand.

While a network trains, each of these layers remembers mean and variance of what the weights of the moment gave it. The
average of the latest weights gives it something else, so that what is remembered does not belong to it: a network whose
loss is small is judged as if it had learned nothing. An average of what was remembered would not belong to it either,
because it tells of many networks and not of their average; and it would have to be kept on disk with the rest.

Source: Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", UAI 2018, section 3.2.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras.src.models.functional import operation_fn

from core.worker.rows import FromDisk, InMemory

# Convolutions learn much from each row, and with 250 rows are judged as with 4,000; rows of tables say little by
# themselves, but cost little (`benchmarks/README.md`).
LEAST_ROWS, MOST_ROWS = 1_000, 4_096
SEED = 1

Moments = list[tuple[Any, Any]]  # of each layer, mean and variance of what it gets: [numbers] each


class BatchStatistics:
    """Measures what the batch normalizations of a model get from training rows, and makes them remember that.

    All rows together put them in scale, as far as they fit, and dropout and noise are away: as it is when the model
    answers. So with rows that fit at once, the model's own answers to these rows have just the mean and variance that
    it remembers. Layers that are not to learn keep what they remember, and without others nothing is ever computed.

    Args:
        model: A functional model.
        source: Where the training rows lie.
        rows: How many training rows there are.
        at_once: How many rows the model is asked about at once.
    """

    def __init__(self, model: keras.Model, source: InMemory | FromDisk, rows: int, at_once: int):
        self.model, self.source, self.at_once = model, source, at_once
        kind = keras.layers.BatchNormalization
        self.layers = [layer for layer in model.layers if isinstance(layer, kind) and layer.trainable]
        self.take(rows)
        signature = [source.signature(None)]
        self._pass = tf.function(self._moments, input_signature=signature, autograph=False)

    def take(self, rows: int, chosen: np.ndarray | None = None) -> None:
        """Measure with so many rows from now on: all, or those of these numbers."""
        found = parts(rows, self.at_once) if self.layers else []
        self.parts = found if chosen is None else [chosen[part].astype(np.int32) for part in found]

    def measure(self) -> None:
        """Make the layers remember what they get with the weights that the model holds."""
        found = [self._pass(self.source.these(part)) for part in self.parts]
        sizes = [len(part) for part in self.parts]
        for layer, *of_parts in zip(self.layers, *found, strict=True):
            means, variances = (np.stack(each) for each in zip(*of_parts, strict=True))
            mean, variance = pooled(sizes, means, variances)
            layer.moving_mean.assign(mean)
            layer.moving_variance.assign(variance)

    def _moments(self, given: Any) -> Moments:
        """What the layers get of these rows; inside a compiled function, in full precision."""
        batch = self.source.batch(given, 0)
        inputs = [tf.cast(batch[tensor.name], tensor.dtype) for tensor in self.model.inputs]

        def way(layer: Any) -> Any:
            return operation_fn(layer, training=layer in self.layers)

        with _forgetting(self.layers):
            self.model._run_through_graph(inputs, operation_fn=way)
        return [(tf.identity(one.moving_mean), tf.identity(one.moving_variance)) for one in self.layers]


def parts(rows: int, at_once: int) -> list[np.ndarray]:
    """Numbers of the training rows that are used, in parts of nearly the same size; always the same for the same two.

    They are mixed, because tables are often sorted, and each part has to be like the whole.
    """
    used = min(rows, max(LEAST_ROWS, min(at_once, MOST_ROWS)))
    chosen = np.random.default_rng(SEED).choice(rows, used, replace=False).astype(np.int32)
    return np.array_split(chosen, -(-used // at_once))


def pooled(sizes: Sequence[int], means: np.ndarray, variances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance [numbers] of all rows, from those of their parts [parts, numbers].

    Example:
        >>> mean, variance = pooled([2, 1], np.array([[1.5], [6.0]]), np.array([[0.25], [0.0]]))
        >>> rows = np.array([1.0, 2.0, 6.0])
        >>> bool(np.isclose(mean[0], rows.mean()) and np.isclose(variance[0], rows.var()))
        True
    """
    share = (np.asarray(sizes, np.float64) / sum(sizes))[:, None]
    mean = (share * means).sum(0)
    return mean, (share * (variances + (means - mean) ** 2)).sum(0)


@contextmanager
def _forgetting(layers: Sequence[keras.layers.BatchNormalization]) -> Iterator[None]:
    """Inside, what is traced of the layers remembers the latest rows alone."""
    before = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    try:
        yield
    finally:
        for layer, momentum in zip(layers, before, strict=True):
            layer.momentum = momentum
