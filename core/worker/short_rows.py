"""Rows that end with padding are cut where the longest of their step ends, and rows of like length share a step.

Texts are short and long; without this, most of what a step calculates would be padding.

Source: Vaswani et al., "Attention Is All You Need", 2017, section 5.1: "sentence pairs were batched together by approximate
sequence length".
"""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras.src.models.functional import operation_fn

STEPS_TOGETHER = 32  # whose rows are laid in order of their length
TRIED = 16  # rows
EQUAL = 1e-5


def lengths(inputs: Mapping[str, np.ndarray], padding: int) -> np.ndarray:
    """How many codes each row has in all its inputs together, padding left out [rows]."""
    return np.sum([(np.asarray(array) != padding).sum(1) for array in inputs.values()], axis=0)


def together(order: np.ndarray, of_each: np.ndarray, batch_size: int, seed: int) -> np.ndarray:
    """The rows in an order in which those of a step are about as long; which steps come when stays a matter of chance.

    The first rows of each stretch of the order are still in the first steps, or in those near to them; those at its end, too
    few for a step, stay where they are.

    Example:
        >>> together(np.arange(6), np.array([9, 1, 8, 2, 7, 3]), 2, 1).reshape(3, 2).tolist()
        [[5, 4], [2, 0], [1, 3]]
    """
    whole = len(order) // batch_size * batch_size
    dice = np.random.default_rng([seed, len(order)])
    made = []
    for begin in range(0, whole, STEPS_TOGETHER * batch_size):
        some = order[begin : min(begin + STEPS_TOGETHER * batch_size, whole)]
        batches = some[np.argsort(of_each[some], kind="stable")].reshape(-1, batch_size)
        made.append(batches[dice.permutation(len(batches))].reshape(-1))
    return np.concatenate([*made, order[whole:]])


def cut(batch: Mapping[str, Any], padding: int) -> dict[str, Any]:
    """Arrays of codes [rows, steps] without the last steps, where all rows have ended."""
    return {name: _cut(array, padding) if len(array.shape) == 2 else array for name, array in batch.items()}


def _cut(array: Any, padding: int) -> Any:
    longest = tf.reduce_max(tf.reduce_sum(tf.cast(tf.not_equal(array, padding), tf.int32), axis=1))
    return array[:, : tf.maximum(longest, 1)]


def outputs(model: keras.Model, inputs: Any, training: bool = True) -> Any:
    """What the functional model gives for rows of any length, though it was drawn for one."""
    given = [tf.cast(one, tensor.dtype) for one, tensor in zip(inputs, model.inputs, strict=True)]
    said = model._run_through_graph(given, operation_fn=lambda op: operation_fn(op, training=training))
    return said[0] if isinstance(said, list) and len(said) == 1 else said


def may_be_cut(model: keras.Model, inputs: Mapping[str, np.ndarray], padding: int) -> bool:
    """Whether the model says the same of rows that are cut: no layer of the drawing looks at padding or needs all steps."""
    of_each = lengths(inputs, padding)
    shortest = np.argsort(of_each, kind="stable")[: max(min(TRIED, len(of_each) // 4), 1)]
    given = {name: np.asarray(inputs[name])[np.sort(shortest)] for name in (t.name for t in model.inputs)}
    short = {
        name: array.numpy()
        for name, array in cut({n: tf.constant(a) for n, a in given.items()}, padding).items()
    }
    try:
        whole = outputs(model, list(given.values()), training=False).numpy()
        told = outputs(model, list(short.values()), training=False).numpy()
    except (ValueError, TypeError, tf.errors.OpError):
        return False
    if len(told.shape) != 3 or told.shape[1] > whole.shape[1]:
        return False
    last = list(short.values())[-1]
    counts = last[:, : told.shape[1]] != padding
    if counts.shape != told.shape[:2]:
        return False
    return bool(np.abs(told - whole[:, : told.shape[1]])[counts].max(initial=0.0) <= EQUAL)
