"""One step's rows in parts, one after the other: the gradients of the whole in the memory that a part takes."""

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

Gradients = Callable[[Mapping[str, Any]], tuple[Any, list[Any]]]


def gradients(of: Gradients, batch: Mapping[str, Any], each: int) -> tuple[Any, list[Any]]:
    """The loss of the batch and its gradients; inside a compiled function.

    Args:
        of: Makes loss and gradients of some rows, which count by their share of all.
        each: Rows in a part.
    """
    count = tf.shape(next(iter(batch.values())))[0]

    def part(at: Any) -> tuple[Any, list[Any]]:
        until = tf.minimum(at + each, count)
        share = tf.cast(until - at, tf.float32) / tf.cast(count, tf.float32)
        loss, found = of({name: array[at:until] for name, array in batch.items()})
        return share * tf.cast(loss, tf.float32), [times(share, one) for one in found]

    loss, first = part(tf.constant(0))
    sums = [_Sum.of(one) for one in first]

    def body(number: Any, total: Any, held: Any) -> tuple[Any, Any, Any]:
        more, found = part(number * each)
        added = [one.plus(old, new, number) for one, old, new in zip(sums, held, found, strict=True)]
        return number + 1, total + more, added

    # One after the other, or the parts would lie in memory side by side.
    start = (tf.constant(1), loss, [one.start for one in sums])
    rounds = tf.while_loop(lambda number, *_: number * each < count, body, start, parallel_iterations=1)
    return rounds[1], [one.whole(held) for one, held in zip(sums, rounds[2], strict=True)]


class _Sum:
    """One weight's gradient, as it adds up.

    That of an embedding names the rows of its table that were used; these are laid one behind the other, as they
    would be for the whole batch, because Keras clips a gradient by what it finds there.
    """

    def __init__(self, start: Any, form: Any):
        self.start, self._form = start, form

    @classmethod
    def of(cls, first: Any) -> "_Sum":
        if not isinstance(first, tf.IndexedSlices):
            return cls(() if first is None else first, first)
        held = []
        for one in (first.values, first.indices):
            rows = tf.TensorArray(
                one.dtype, 1, dynamic_size=True, infer_shape=False, element_shape=[None, *one.shape[1:]]
            )
            held.append(rows.write(0, one))
        return cls(tuple(held), first)

    def plus(self, held: Any, new: Any, number: Any) -> Any:
        if new is None:
            return held
        if not isinstance(self._form, tf.IndexedSlices):
            return held + new
        return held[0].write(number, new.values), held[1].write(number, new.indices)

    def whole(self, held: Any) -> Any:
        if self._form is None or not isinstance(self._form, tf.IndexedSlices):
            return None if self._form is None else held
        return tf.IndexedSlices(held[0].concat(), held[1].concat(), self._form.dense_shape)


def times(share: Any, gradient: Any) -> Any:
    """A gradient that counts by its share; None where the weight had no part in the loss."""
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(times(share, gradient.values), gradient.indices, gradient.dense_shape)
    return gradient if gradient is None else tf.cast(share, gradient.dtype) * gradient
