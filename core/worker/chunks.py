"""Many training steps in one call: a loop inside the TensorFlow graph, over rows that lie on the device or come from disk.

The mathematics of a step is Keras's own (`compute_loss`, the optimizer, the metric), so the weights are those of
`model.fit` on the same order of rows. What is saved is the way from Python into TensorFlow at every step.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from math import prod
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.worker import parallel, parts, precision, rows, short_rows, shortcuts
from core.worker.batch_statistics import BatchStatistics
from core.worker.pace import Way
from core.worker.rows import TRUTH, WEIGHT, FromDisk, InMemory
from core.worker.streams import FromStream

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
        fast: Whether to compile by XLA, which takes a second or two longer to begin, where a call does not say otherwise.
        widest: How many numbers a layer has in hand for one row at most; by itself, as many as it gives.
        weights: How much each row counts, as `sample_weight` of `fit`.
        parts: Into how many parts a batch is cut, one after the other, their gradients added up: the same mathematics
            in less memory (but layers that look at the whole batch, such as batch normalization, see one part).
        streamed: Whether rows are read from disk bit by bit; None where that follows from the memory that is free.
        devices: What shares the work, as TensorFlow names them; fewer than two share nothing.
        stream: Codes out of which windows like these rows are taken, beginning anywhere, instead of the rows themselves.
        padding: The code with which rows end that are shorter than others; they are then cut, where that changes nothing
            (`core.worker.short_rows`). None where rows have no such end.
    """

    def __init__(
        self,
        model: keras.Model,
        inputs: Mapping[str, np.ndarray],
        truth: np.ndarray,
        batch_size: int,
        metric: keras.metrics.Metric,
        fast: bool,
        widest: int = 1,
        weights: np.ndarray | None = None,
        parts: int = 1,
        streamed: bool | None = None,
        devices: Sequence[str] = (),
        stream: np.ndarray | None = None,
        padding: int | None = None,
    ):
        self.model, self.metric, self.fast = model, metric, fast
        self.batch_size = min(batch_size, len(truth))
        self._only: np.ndarray | None = None
        self._all = len(truth)
        self._count(self._all)
        self.parts, self.devices = min(parts, self.batch_size), devices
        arrays = rows.named(inputs, truth, weights)
        self.streamed = not rows.fit_in_memory(arrays) if streamed is None else streamed
        self._source = (FromDisk if self.streamed else InMemory)(arrays, self.batch_size) if stream is None else (
            FromStream(stream, self.rows, truth.shape[1], next(iter(inputs)), self.batch_size)
        )  # fmt: skip
        self.padding = (
            padding if padding is not None and short_rows.may_be_cut(model, inputs, padding) else None
        )
        self._lengths = None if self.padding is None else short_rows.lengths(inputs, padding)
        model.optimizer.build(model.trainable_variables)
        # Some metrics make their variables when they first see rows, and a checkpoint has to find them.
        metric.update_state(np.asarray(truth[:1]), np.zeros((1, *model.output_shape[1:]), np.float32))
        metric.reset_state()
        self._loops = {
            Way(fast, mixed): self._compiled(fast) for fast in (False, True) for mixed in (False, True)
        }
        self._ready: set[Way] = set()
        given = (tensor for layer in model.layers for tensor in keras.tree.flatten(layer.output))
        widest = max(widest, *(prod(tensor.shape[1:]) for tensor in given))
        self.judged_at_once = min(
            max(MOST_VALIDATION_NUMBERS // widest, self.batch_size // self.parts), MOST_VALIDATION_ROWS
        )
        self._judge = tf.function(self._outputs_and_loss, reduce_retracing=True, autograph=False)
        self._statistics = BatchStatistics(model, self._source, self.rows, self.judged_at_once)

    def only(self, chosen: np.ndarray | None) -> None:
        """Learn from the rows of these numbers alone, from the next epoch on; None for all rows."""
        self._only = chosen
        self._count(self._all if chosen is None else len(chosen))
        self._statistics.take(self.rows, chosen)

    def _count(self, rows: int) -> None:
        self.rows = rows
        self.whole = rows // self.batch_size
        self.steps = -(-rows // self.batch_size)

    def begin_epoch(self, order: np.ndarray) -> None:
        """Take the rows in this order from now on.

        Args:
            order: Numbers from 0 to `rows`, each once.
        """
        order = order if self._only is None else self._only[order]
        if self._lengths is not None:
            order = short_rows.together(order, self._lengths, self.batch_size, int(order[0]))
        self._source.begin_epoch(order)
        self.metric.reset_state()

    def run(self, first: int, count: int, way: Way | None = None) -> np.ndarray:
        """Train from step `first` of the epoch on; the loss of each step taken.

        May take fewer than `count` steps: the last batch of an epoch, if it is smaller, is taken on its own.

        Args:
            way: How they are taken; None as this was made for.
        """
        way = Way(self.fast) if way is None else way
        if first >= self.whole:  # XLA would have to be told its size
            return self._taken(Way(mixed=way.mixed), self._source.rest(), 0, 1)[:1]
        given, at, left = self._source.given(first)
        count = min(count, left, MOST_STEPS)
        return self._taken(way, given, at, at + count)[:count]

    def get_ready(self, way: Way) -> bool:
        """Compile a way before its first step; False where that was done before."""
        if way in self._ready or self.whole == 0:
            return False
        self._ready.add(way)
        given, at, _ = self._source.given(0)
        self._taken(way, given, at, at)  # no step at all
        return True

    def _taken(self, way: Way, given: Any, first: int, last: int) -> np.ndarray:
        """The losses of these steps; what is traced meanwhile is traced in the way's precision."""
        with precision.mixed(self.model) if way.mixed else nullcontext():
            return self._loops[way](given, tf.constant(first), tf.constant(last)).numpy()

    def sizes(self, first: int, count: int) -> np.ndarray:
        """How many rows each of these steps holds, which is its weight in the epoch's loss."""
        return np.minimum(self.batch_size, self.rows - np.arange(first, first + count) * self.batch_size)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Inside, the model holds the average of its latest weights and what belongs to it, where the optimizer keeps one."""
        if not self.model.optimizer.use_ema:
            yield
            return
        latest = self.model.get_weights()
        self.model.optimizer.finalize_variable_values(self.model.trainable_variables)
        try:
            self._statistics.measure()
            yield
        finally:
            self.model.set_weights(latest)

    def judge(self, inputs: Mapping[str, np.ndarray], truth: np.ndarray) -> tuple[float, np.ndarray]:
        """The loss on these rows and the network's outputs, without learning from them."""
        losses, outputs, count = 0.0, [], len(truth)
        for at in range(0, count, self.judged_at_once):
            part = slice(at, at + self.judged_at_once)
            some = {name: tf.convert_to_tensor(np.asarray(array[part])) for name, array in inputs.items()}
            said, loss = self._judge(some, tf.convert_to_tensor(np.asarray(truth[part])))
            outputs.append(said.numpy())
            losses += float(loss) * len(outputs[-1])
            for array in (*inputs.values(), truth) if self.streamed else ():
                rows.let_go(array)
        return losses / count, np.concatenate(outputs)

    def _compiled(self, fast: bool) -> Any:
        """The loop: by XLA, which has to know how many steps an epoch has, or for any number of them without."""
        steps = self.whole if fast else None
        number = tf.TensorSpec([], tf.int32)
        signature = [self._source.signature(steps), number, number]
        short = fast and not tf.config.list_physical_devices("GPU")

        def loop(given: Any, first: Any, last: Any) -> Any:
            return self._loop(given, first, last, short, cut=self.padding is not None and not fast)

        return tf.function(loop, input_signature=signature, autograph=False, jit_compile=fast or None)

    def _listed(self, inputs: Mapping[str, Any]) -> list[Any]:
        return [inputs[tensor.name] for tensor in self.model.inputs]

    def _outputs_and_loss(self, inputs: Any, truth: Any) -> tuple[Any, Any]:
        outputs = self.model(self._listed(inputs), training=False)
        return outputs, self.model.compute_loss(inputs, truth, outputs, training=False)

    def _loop(self, given: Any, first: Any, last: Any, short: bool, cut: bool) -> Any:
        def body(at: Any, losses: Any) -> tuple[Any, Any]:
            batch = self._source.batch(given, at)
            batch = short_rows.cut(batch, self.padding) if cut else batch
            return at + 1, losses.write(at - first, self._step(batch, short))

        kept = tf.TensorArray(tf.float32, MOST_STEPS, element_shape=())
        return tf.while_loop(lambda at, _: at < last, body, (first, kept))[1].stack()

    def _step(self, batch: Mapping[str, Any], short: bool) -> Any:
        if len(self.devices) > 1:
            loss, gradients = parallel.gradients(self._gradients, batch, self.devices)
        elif self.parts > 1:
            each = -(-self.batch_size // self.parts)
            loss, gradients = parts.gradients(self._gradients, batch, each)
        else:
            loss, gradients = self._gradients(batch, short)
        self.model.optimizer.apply(gradients, self.model.trainable_weights)
        return tf.cast(loss, tf.float32)

    def _gradients(self, batch: Mapping[str, Any], short: bool = False) -> tuple[Any, list[Any]]:
        """The loss of these rows and its gradients; the metric learns of them on the way.

        Args:
            short: Whether layers are taken by `shortcuts`.
        """
        inputs = {name: array for name, array in batch.items() if name not in (TRUTH, WEIGHT)}
        truth = batch[TRUTH]
        with tf.GradientTape() as tape:
            listed = self._listed(inputs)
            if self.padding is not None and not short:
                outputs = short_rows.outputs(self.model, listed)
            else:
                outputs = (
                    shortcuts.outputs(self.model, listed) if short else self.model(listed, training=True)
                )
            loss = self.model.compute_loss(
                inputs, truth, outputs, sample_weight=batch.get(WEIGHT), training=True
            )
        weights = [weight.value for weight in self.model.trainable_weights]
        gradients = tape.gradient(loss, weights)
        self.metric.update_state(truth, outputs)
        return loss, gradients
