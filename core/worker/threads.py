"""How many threads an operation may use: for small networks, handing work over takes longer than doing it."""

import contextlib

import tensorflow as tf

from core import speed
from core.graph import Report, operations

FEWEST = 4_000_000  # multiplications in a step, going forward, from which on several threads pay


def enough_for_one(report: Report, batch_size: int) -> bool:
    """Whether a step is so small that one thread does it best: 75 µs instead of 91 for 1.6 million multiplications."""
    return batch_size * sum(operations(layer) for layer in speed.leaves(report)) < FEWEST


def settle(report: Report, batch_size: int) -> None:
    """Settle it for this process, before its first operation."""
    if enough_for_one(report, batch_size):
        with contextlib.suppress(RuntimeError):  # a process that has computed before keeps its threads
            tf.config.threading.set_intra_op_parallelism_threads(1)
