"""Where a network looks in a picture, by the slopes of its answer at its last patterns.

Source: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017,
equations 1 and 2.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.graph import Graph, measure, opened, order
from core.words import mark

LABEL = mark("Grad-CAM")
HELP = mark("Weighs the last patterns that it looks for by how much each of them speaks for its answer.")
# Behind these a pattern's place in the picture is still its own, so that the last of them can be looked at.
LOOKING = {"conv_2d", "separable_conv_2d", "depthwise_conv_2d"}
STILL_THERE = {
    "activation", "add", "batch_normalization", "group_normalization", "leaky_relu", "elu", "prelu", "multiply",
    "spatial_dropout_2d", "layer_normalization", "dropout",
}  # fmt: skip
MIXING = {"self_attention", "multi_head_attention"}
AT_ONCE = 64


def layer(graph: Graph, facts: Mapping[str, Any], source: str) -> str:
    """The last layer whose patterns have places in the picture of this input; empty where the network has none.

    Networks that mix all places by attention have none: what lies at a place there says nothing of that place alone.
    """
    flat = opened(graph, facts)
    report = measure(flat, facts).layers
    if any(one.kind in MIXING for one in flat.layers):
        return ""
    found, led = "", set()
    for one in order(flat):
        if one.kind == "input":
            if report[one.name].fields["source"] == source:
                led.add(one.name)
            continue
        if not one.inputs or not set(one.inputs) <= led:
            continue
        led.add(one.name)
        shape = report[one.name].shape or ()
        behind = bool(found) and one.kind in STILL_THERE
        if len(shape) == 3 and shape[0] * shape[1] > 1 and (one.kind in LOOKING or behind):
            found = one.name
    return found


def explain(
    model: Any, inputs: Mapping[str, np.ndarray], name: str, answer: str, units: np.ndarray, signs: np.ndarray
) -> np.ndarray:
    """How much each place says for the answer, [rows, height, width] of that layer, from 0 to 1.

    The slopes are those of the score in front of the last bend, as in the paper.

    Args:
        model: A functional Keras model.
        inputs: Its inputs for these rows.
        name: As `layer` says.
        answer: The name of the model's last layer.
        units: For each row the output that is asked about.
        signs: 1 where more of that output speaks for the answer, -1 where less does.
    """
    import keras

    last = model.get_layer(answer)
    both = keras.Model(model.inputs, [model.get_layer(name).output, last.input])
    maps = []
    for at in range(0, len(units), AT_ONCE):
        part = slice(at, at + AT_ONCE)
        given = [np.asarray(inputs[tensor.name][part]) for tensor in model.inputs]
        maps.append(_maps(both, last, given, units[part], signs[part]))
    return np.concatenate(maps)


def _maps(both: Any, last: Any, given: list[np.ndarray], units: np.ndarray, signs: np.ndarray) -> np.ndarray:
    import tensorflow as tf

    with tf.GradientTape() as tape:
        # What comes in is watched, because what has been trained by others learns nothing and would not be recorded.
        watched = [tf.cast(one, tensor.dtype) for one, tensor in zip(given, both.inputs, strict=True)]
        tape.watch([one for one in watched if one.dtype.is_floating])
        patterns, row = both(watched, training=False)
        scores = tf.matmul(row, last.kernel.value) + (0.0 if last.bias is None else last.bias.value)
        asked = tf.gather(scores, tf.constant(units, tf.int32), batch_dims=1) * tf.cast(signs, scores.dtype)
    slopes = tape.gradient(asked, patterns)
    weights = tf.reduce_mean(slopes, axis=(1, 2), keepdims=True)
    maps = tf.nn.relu(tf.reduce_sum(weights * patterns, axis=3)).numpy()
    most = maps.max(axis=(1, 2), keepdims=True)
    return np.divide(maps, most, out=np.zeros_like(maps), where=most > 0)
