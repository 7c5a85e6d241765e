"""One training on several graphics processors at once: each takes its part of every batch, and the parts are added up.

The weights, the optimizer and the metric stay on the first device, so that everything else (checkpoints, averages, what
is judged) is as on one. The mathematics is that of the whole batch, as with `Chunks(parts=…)`, and so are its limits:
layers that look at the whole batch, such as batch normalization, see one part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from core.worker.parts import Gradients, times


def devices() -> list[str]:
    """The graphics processors that this process may see, as TensorFlow names them."""
    return [device.name for device in tf.config.list_logical_devices("GPU")]


def gradients(of: Gradients, batch: Mapping[str, Any], devices: Sequence[str]) -> tuple[Any, list[Any]]:
    """The loss of the batch and its gradients, computed on all devices at the same time; inside a compiled function.

    Args:
        of: Makes loss and gradients of some rows; called once for each device. What it counts on the way, such as a
            metric, stays on the first device and counts every row once.
        batch: Arrays of the same length, by what they are.
    """
    count = tf.shape(next(iter(batch.values())))[0]
    each = -(-count // len(devices))
    parts: list[Part] = []
    for number, device in enumerate(devices):
        first, until = tf.minimum(number * each, count), tf.minimum((number + 1) * each, count)
        share = tf.cast(until - first, tf.float32) / tf.cast(count, tf.float32)
        # Cut where the rows lie: a part travels, and not the whole batch.
        some = {name: array[first:until] for name, array in batch.items()}
        parts.append(_part(of, some, share, device, parts[0] if parts else None))
    added = [_added(list(every)) for every in zip(*(part.gradients for part in parts), strict=True)]
    return tf.add_n([part.loss for part in parts]), added


@dataclass(frozen=True)
class Part:
    """What one device contributes: its loss and its gradients, each counted by its share of the rows."""

    loss: Any
    gradients: list[Any]


def _part(of: Gradients, rows: Mapping[str, Any], share: Any, device: str, like: Part | None) -> Part:
    """One device's part; only the first one surely gets rows, the others none at a last, very small batch.

    Args:
        like: The first device's part, which says what the gradients look like.
    """

    def computed() -> list[Any]:
        with tf.device(device):
            loss, found = of(rows)
            return [share * tf.cast(loss, tf.float32), *(times(share, one) for one in found)]

    def nothing() -> list[Any]:
        with tf.device(device):
            return [tf.constant(0.0), *map(_none_of, like.gradients)]

    loss, *found = computed() if like is None else tf.cond(share > 0, computed, nothing)
    return Part(loss, found)


def _none_of(gradient: Any) -> Any:
    """A gradient of the same form that changes nothing."""
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(gradient.values[:0], gradient.indices[:0], gradient.dense_shape)
    return gradient if gradient is None else tf.zeros_like(gradient)


def _added(found: list[Any]) -> Any:
    """One weight's gradient, from all devices.

    An embedding's names the rows of its table that it used, and stays so: Keras clips it by its parts, as on one device.
    """
    if isinstance(found[0], tf.IndexedSlices):
        values, indices = (
            tf.concat([getattr(one, name) for one in found], 0) for name in ("values", "indices")
        )
        return tf.IndexedSlices(values, indices, found[0].dense_shape)
    return found[0] if found[0] is None else tf.add_n(found)
