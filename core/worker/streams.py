"""Windows out of one long row of codes, beginning anywhere in it and anew in every epoch."""

from typing import Any

import numpy as np
import tensorflow as tf

from core.worker.rows import TRUTH, InMemory

THROWN_BY = 8  # numbers of the order that the dice begin with


class FromStream:
    """What `rows.InMemory` is for rows, for windows of a stream that lies on the device.

    Fixed cuts would show each code always with the same ones before it, and the first of each window never with any.

    Args:
        stream: Codes, int32 [places]; windows and the code after each lie inside.
        windows: How many make an epoch.
        name: The input that reads them.
    """

    def __init__(self, stream: np.ndarray, windows: int, length: int, name: str, batch_size: int):
        self.stream = tf.convert_to_tensor(np.asarray(stream))
        self.windows, self.length, self.name = windows, length, name
        self.room = len(stream) - length
        self._first = InMemory({}, batch_size)  # which windows, by the place where each begins

    def begin_epoch(self, order: np.ndarray) -> None:
        """Take windows in this order from now on, one out of each of so many equal stretches."""
        self._first.begin_epoch(starts(order, self.room))

    def given(self, first: int) -> tuple[Any, int, int]:
        """As with `InMemory`."""
        return self._first.given(first)

    def rest(self) -> Any:
        """As with `InMemory`."""
        return self._first.rest()

    def these(self, rows: np.ndarray) -> Any:
        """As with `InMemory`; always the same windows for the same numbers."""
        return self._first.these((rows.astype(np.int64) * self.room // self.windows).astype(np.int32))

    def signature(self, steps: int | None) -> Any:
        """As with `InMemory`."""
        return self._first.signature(steps)

    def batch(self, given: Any, at: Any) -> dict[str, Any]:
        """The windows of one step and what comes next at each of their places, inside the compiled loop."""
        found = tf.gather(self.stream, given[at][:, None] + tf.range(self.length + 1)[None, :])
        return {self.name: found[:, :-1], TRUTH: found[:, 1:]}


def starts(order: np.ndarray, room: int) -> np.ndarray:
    """Where the windows begin, int32: window n somewhere in the n-th stretch, by dice that follow from the order.

    Args:
        order: Each number below its length once.
        room: How many places a window can begin at.
    """
    dice = np.random.default_rng(order[:THROWN_BY].tolist())
    return ((order + dice.random(len(order))) * (room / len(order))).astype(np.int32)
