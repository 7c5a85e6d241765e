"""Where the training rows lie while they are learned from: on the device, or, if they are too many, on disk.

Both give the same rows for the same order, so that the mathematics does not depend on where they lie.
"""

import mmap
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import psutil
import tensorflow as tf

from core.compact import Wide

SHARE_OF_MEMORY = 0.25  # of what is free, that rows may take up
BYTES_AT_ONCE = 8_000_000  # read from disk ahead of time
BYTES_MAPPED = 16_000_000  # of a file that may lie in memory
TRUTH, WEIGHT = "y", "row weight"  # beside the inputs, which are called by what the network reads


def named(
    inputs: Mapping[str, np.ndarray], truth: np.ndarray, weights: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Everything about a row side by side."""
    return {**inputs, TRUTH: truth, **({} if weights is None else {WEIGHT: weights})}


def fit_in_memory(arrays: Mapping[str, np.ndarray]) -> bool:
    """Whether the rows may be kept in memory as a whole."""
    size = sum(array.nbytes for array in arrays.values())
    return size <= SHARE_OF_MEMORY * psutil.virtual_memory().available


class InMemory:
    """Rows on the device; what is given to the compiled loop is only which ones, and a step gathers them."""

    def __init__(self, arrays: Mapping[str, np.ndarray], batch_size: int):
        stored, self._widen = _apart(arrays)
        self.arrays = {name: tf.convert_to_tensor(np.asarray(array)) for name, array in stored.items()}
        self.batch_size = batch_size

    def begin_epoch(self, order: np.ndarray) -> None:
        """Take the rows in this order from now on."""
        split = len(order) // self.batch_size * self.batch_size
        order = order.astype(np.int32, copy=False)
        self._order = tf.constant(order[:split].reshape(-1, self.batch_size))
        self._rest = self.these(order[split:])

    def given(self, first: int) -> tuple[Any, int, int]:
        """What the loop needs from step `first` on, where that step lies in it, and how many steps it holds from there."""
        return self._order, first, self._order.shape[0] - first

    def rest(self) -> Any:
        """The last, smaller batch of the epoch, as `given`."""
        return self._rest

    def these(self, rows: np.ndarray) -> Any:
        """Rows of these numbers as one batch, as `given`."""
        return tf.constant(rows[None])

    def signature(self, steps: int | None) -> Any:
        """The form of what is given; None for any number of steps and rows."""
        return tf.TensorSpec([steps, self.batch_size if steps else None], tf.int32)

    def batch(self, given: Any, at: Any) -> dict[str, Any]:
        """The rows of one step, inside the compiled loop."""
        rows = given[at]
        return self._widen({name: tf.gather(array, rows) for name, array in self.arrays.items()})


class FromDisk:
    """Rows in files that are mapped into memory: some steps' rows at a time are read ahead by a thread.

    Args:
        arrays: As `numpy.load(…, mmap_mode="r")` gives them.
    """

    def __init__(self, arrays: Mapping[str, np.ndarray], batch_size: int):
        self.arrays, self._widen = _apart(arrays)
        self.batch_size = batch_size
        each = sum(array.nbytes // max(len(array), 1) for array in arrays.values()) * batch_size
        whole = len(arrays[TRUTH]) // batch_size
        self.steps_at_once = max(1, min(BYTES_AT_ONCE // max(each, 1), whole))
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="reads rows")
        self._ahead: tuple[int, Future] | None = None

    def begin_epoch(self, order: np.ndarray) -> None:
        """Take the rows in this order from now on."""
        if self._ahead:
            self._ahead[1].cancel()
        self._order, self._ahead, self._now = order, None, (-1, None)
        self._whole = len(order) // self.batch_size

    def given(self, first: int) -> tuple[Any, int, int]:
        """As with `InMemory`; while these steps are taken, the next ones are read."""
        block, at = divmod(first, self.steps_at_once)
        if self._now[0] != block:
            if not self._ahead or self._ahead[0] != block:
                self._ahead = block, self._reader.submit(self._read, block)
            self._now = block, self._ahead[1].result()
            following = block + 1
            if following * self.steps_at_once < self._whole:
                self._ahead = following, self._reader.submit(self._read, following)
        steps = min(self.steps_at_once, self._whole - block * self.steps_at_once)
        return self._now[1], at, steps - at

    def rest(self) -> Any:
        """As with `InMemory`."""
        return self.these(self._rows_after())

    def these(self, rows: np.ndarray) -> Any:
        """As with `InMemory`."""
        return {name: tf.constant(array[None]) for name, array in self._gather(rows).items()}

    def signature(self, steps: int | None) -> Any:
        """As with `InMemory`."""
        head = [self.steps_at_once, self.batch_size] if steps else [None, None]
        return {
            name: tf.TensorSpec([*head, *array.shape[1:]], tf.as_dtype(array.dtype))
            for name, array in self.arrays.items()
        }

    def batch(self, given: Any, at: Any) -> dict[str, Any]:
        """As with `InMemory`."""
        return self._widen({name: array[at] for name, array in given.items()})

    def _rows_after(self) -> np.ndarray:
        return self._order[self._whole * self.batch_size :]

    def _read(self, block: int) -> dict[str, Any]:
        """Some steps' rows, always in the same form; behind the epoch's last step it is filled with its first row."""
        first = block * self.steps_at_once * self.batch_size
        wanted = self.steps_at_once * self.batch_size
        rows = self._order[first : min(first + wanted, self._whole * self.batch_size)]
        found = self._gather(np.pad(rows, (0, wanted - len(rows)), mode="edge"))
        return {
            name: tf.constant(array.reshape(self.steps_at_once, self.batch_size, *array.shape[1:]))
            for name, array in found.items()
        }

    def _gather(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        """These rows of all arrays, read in the order in which they lie on disk."""
        by_place = np.argsort(rows)
        found = {}
        for name, array in self.arrays.items():
            out = np.empty((len(rows), *array.shape[1:]), array.dtype)
            # A stretch of the file at a time, or all of it would lie in memory: reading a row maps its neighbours too.
            for places in np.array_split(by_place, -(-array.nbytes // BYTES_MAPPED)):
                out[places] = array[rows[places]]
                let_go(array)
            found[name] = out
        return found


def _apart(
    arrays: Mapping[str, np.ndarray | Wide],
) -> tuple[dict[str, np.ndarray], Callable[[dict[str, Any]], dict[str, Any]]]:
    """What is stored of each array, and what makes a batch of it as the network reads it, inside the compiled loop."""
    spreads = {name: array.spread for name, array in arrays.items() if isinstance(array, Wide)}

    def widen(batch: dict[str, Any]) -> dict[str, Any]:
        made = dict(batch)
        for name, how in spreads.items():
            kept = tf.gather(batch[name], how.place, axis=-1)
            made[name] = tf.clip_by_value(kept - how.begin, how.low, how.high)
        return made

    return {name: getattr(array, "kept", array) for name, array in arrays.items()}, widen


def let_go(array: np.ndarray | Wide) -> None:
    """Give the memory back in which a mapped file's pages lie; the system reads them again when they are needed."""
    mapped = getattr(getattr(array, "kept", array), "_mmap", None)
    if mapped is not None and hasattr(mapped, "madvise"):  # not on Windows, which looks after it by itself
        mapped.madvise(mmap.MADV_DONTNEED)
