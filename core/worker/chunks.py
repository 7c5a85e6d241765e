"""Many training steps in one call: a loop inside the TensorFlow graph, over rows that already lie on the device.

The mathematics of a step is Keras's own (`compute_loss`, the optimizer, the metric), so the weights are those of
`model.fit` on the same order of rows. What is saved is the way from Python into TensorFlow at every step.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import prod
from typing import Any

import keras
import numpy as np
import tensorflow as tf

MOST_STEPS = 2048  # losses that one call can give back
MOST_VALIDATION_ROWS = 8192
MOST_VALIDATION_NUMBERS = 16_000_000  # that the widest layer gives at once


class Chunks:
    """Runs steps of training on a compiled model.

    Args:
        model: A functional model, compiled with optimizer and loss.
        inputs: Arrays of the training rows, by input.
        truth: Their encoded target.
        metric: Updated with every step's outputs.
        fast: Whether to compile by XLA, which takes a second or two longer to begin.
        widest: How many numbers a layer has in hand for one row at most; by itself, as many as it gives.
    """

    def __init__(
        self,
        model: keras.Model,
        inputs: dict[str, np.ndarray],
        truth: np.ndarray,
        batch_size: int,
        metric: keras.metrics.Metric,
        fast: bool,
        widest: int = 1,
    ):
        self.model, self.metric = model, metric
        self.inputs = {name: tf.convert_to_tensor(np.asarray(array)) for name, array in inputs.items()}
        self.truth = tf.convert_to_tensor(np.asarray(truth))
        self.rows = len(truth)
        self.batch_size = min(batch_size, self.rows)
        self.whole = self.rows // self.batch_size
        self.steps = -(-self.rows // self.batch_size)
        model.optimizer.build(model.trainable_variables)
        # Some metrics make their variables when they first see rows, and a checkpoint has to find them.
        metric.update_state(self.truth[:1], np.zeros((1, *model.output_shape[1:]), np.float32))
        metric.reset_state()
        flexible = [
            tf.TensorSpec([None, None], tf.int32),
            tf.TensorSpec([], tf.int32),
            tf.TensorSpec([], tf.int32),
        ]
        self._plain = tf.function(self._loop, input_signature=flexible, autograph=False)
        fixed = [tf.TensorSpec([self.whole, self.batch_size], tf.int32), *flexible[1:]]
        self._fast = tf.function(self._loop, input_signature=fixed, autograph=False, jit_compile=True)
        self._is_fast = fast
        widest = max(widest, *(prod(layer.output.shape[1:]) for layer in model.layers))
        self.judged_at_once = min(
            max(MOST_VALIDATION_NUMBERS // widest, self.batch_size), MOST_VALIDATION_ROWS
        )
        self._judge = tf.function(self._outputs_and_loss, reduce_retracing=True, autograph=False)

    def begin_epoch(self, order: np.ndarray) -> None:
        """Take the rows in this order from now on."""
        split = self.whole * self.batch_size
        order = order.astype(np.int32)
        self._order = tf.constant(order[:split].reshape(self.whole, self.batch_size))
        self._rest = tf.constant(order[split:][None])
        self.metric.reset_state()

    def run(self, first: int, count: int, fast: bool = True) -> np.ndarray:
        """Train from step `first` of the epoch on; the loss of each step taken.

        May take fewer than `count` steps: the last batch of an epoch, if it is smaller, is taken on its own.
        """
        if first >= self.whole:
            return self._plain(self._rest, 0, 1).numpy()[:1]
        count = min(count, self.whole - first, MOST_STEPS)
        loop = self._fast if self._is_fast and fast else self._plain
        return loop(self._order, tf.constant(first), tf.constant(first + count)).numpy()[:count]

    def sizes(self, first: int, count: int) -> np.ndarray:
        """How many rows each of these steps holds, which is its weight in the epoch's loss."""
        return np.minimum(self.batch_size, self.rows - np.arange(first, first + count) * self.batch_size)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Inside, the model holds the average of its latest weights, where the optimizer keeps one."""
        if not self.model.optimizer.use_ema:
            yield
            return
        latest = self.model.get_weights()
        self.model.optimizer.finalize_variable_values(self.model.trainable_variables)
        try:
            yield
        finally:
            self.model.set_weights(latest)

    def judge(self, inputs: dict[str, np.ndarray], truth: np.ndarray) -> tuple[float, np.ndarray]:
        """The loss on these rows and the network's outputs, without learning from them."""
        losses, outputs, rows = 0.0, [], len(truth)
        for at in range(0, rows, self.judged_at_once):
            part = slice(at, at + self.judged_at_once)
            some = {name: tf.convert_to_tensor(np.asarray(array[part])) for name, array in inputs.items()}
            said, loss = self._judge(some, tf.convert_to_tensor(np.asarray(truth[part])))
            outputs.append(said.numpy())
            losses += float(loss) * len(outputs[-1])
        return losses / rows, np.concatenate(outputs)

    def _listed(self, inputs: dict[str, Any]) -> list[Any]:
        return [inputs[tensor.name] for tensor in self.model.inputs]

    def _outputs_and_loss(self, inputs: Any, truth: Any) -> tuple[Any, Any]:
        outputs = self.model(self._listed(inputs), training=False)
        return outputs, self.model.compute_loss(inputs, truth, outputs, training=False)

    def _loop(self, order: Any, first: Any, last: Any) -> Any:
        def body(at: Any, losses: Any) -> tuple[Any, Any]:
            return at + 1, losses.write(at - first, self._step(order[at]))

        kept = tf.TensorArray(tf.float32, MOST_STEPS, element_shape=())
        return tf.while_loop(lambda at, _: at < last, body, (first, kept))[1].stack()

    def _step(self, rows: Any) -> Any:
        inputs = {name: tf.gather(array, rows) for name, array in self.inputs.items()}
        truth = tf.gather(self.truth, rows)
        with tf.GradientTape() as tape:
            outputs = self.model(self._listed(inputs), training=True)
            loss = self.model.compute_loss(inputs, truth, outputs, training=True)
        weights = self.model.trainable_weights
        self.model.optimizer.apply(tape.gradient(loss, [weight.value for weight in weights]), weights)
        self.metric.update_state(truth, outputs)
        return tf.cast(loss, tf.float32)
