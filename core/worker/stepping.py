"""The network as a second ONNX file that is only asked about new codes, and keeps what its layers looked at before.

Made of the model's own layers, each called as it is but attention, which puts keys and values behind those that were kept, and
the embedding of places, which goes on counting. Networks in which other layers look around too, such as recurrent ones, are found out by
comparing answers; they keep no second file, and are asked as a whole.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
from keras.src.models.functional import operation_fn

from core import generate
from core.worker import onnx_file, onnx_weights
from core.worker.own.position_embedding import PositionEmbedding

FILE = generate.STEP
MOST_WEIGHTS = 100_000_000  # beyond that, a second file costs more disk than it saves time
TOLERANCE = 1e-4


def write(model: keras.Model, folder: Path, length: int) -> float | None:
    """Write `step.onnx`, if the network can be asked so; the largest difference to the model's answers, or None.

    Args:
        model: Reads codes [rows, length], and answers at each of these places.
    """
    looks = [layer for layer in model.layers if isinstance(layer, keras.layers.MultiHeadAttention)]
    if not looks or model.count_params() > MOST_WEIGHTS or len(model.inputs) != 1:
        return None
    path = folder / FILE
    try:
        _write(model, looks, path)
        difference = _difference(model, path, length)
    except Exception:  # whatever a drawing holds that cannot go step by step: the whole network is there
        difference = np.inf
    if difference <= TOLERANCE:
        return difference
    onnx_weights.remove(path)
    return None


def _write(model: keras.Model, looks: Sequence[keras.layers.MultiHeadAttention], path: Path) -> None:
    specs = [tf.TensorSpec([1, None], tf.int32, name="codes")]
    specs += [
        tf.TensorSpec([2, 1, None, one._num_heads, one._key_dim], tf.float32, name=f"kept_{number}")
        for number, one in enumerate(looks)
    ]
    large = [one for one in model.variables if one.value.shape.num_elements() >= onnx_file.LARGE_FROM]
    made, inputs = onnx_file.converted(lambda given: _said(model, looks, *given), model, specs, large)
    names = dict(zip(inputs, [spec.name for spec in specs], strict=False))
    outputs = [onnx_file.OUTPUT, *(f"{spec.name}_now" for spec in specs[1:])]
    names |= dict(zip([one.name for one in made.graph.output], outputs, strict=True))
    onnx_file.rename(made, names)
    weights = inputs[len(specs) :]
    onnx_weights.fill_in(
        made, {name: lambda one=one: np.asarray(one) for name, one in zip(weights, large, strict=True)}
    )
    onnx_weights.save(made, path, onnx_file.IN_ONE_FILE)
    onnx.checker.check_model(path)


def _said(model: keras.Model, looks: Sequence[Any], codes: Any, *kept: Any) -> list[Any]:
    """The chances after each new code, and what each attention keeps from now on."""
    before = {layer.name: one for layer, one in zip(looks, kept, strict=True)}
    now: dict[str, Any] = {}
    count = tf.shape(kept[0])[2]

    def way(layer: Any) -> Callable[..., Any]:
        if layer.name in before:
            return lambda *given, **more: _looked(layer, before[layer.name], now, *given, **more)
        if isinstance(layer, PositionEmbedding):
            return lambda x: x + tf.cast(layer.positions, x.dtype)[count : count + tf.shape(x)[1]]
        return operation_fn(layer, training=False)

    said = model._run_through_graph([codes], operation_fn=way)
    said = said[0] if isinstance(said, list) else said
    return [said, *(now[layer.name] for layer in looks)]


def _looked(
    layer: keras.layers.MultiHeadAttention,
    before: Any,
    now: dict[str, Any],
    query: Any,
    value: Any,
    key: Any = None,
    **more: Any,
) -> Any:
    """What Keras's attention gives for new steps that see all before them.

    Raises:
        ValueError: Where they would see what comes, or look at something else than themselves.
    """
    if value is not query or (key is not None and key is not query) or not more.get("use_causal_mask"):
        raise ValueError("only looking back at one's own steps can be kept")
    asked = layer._query_dense(query) * layer._inverse_sqrt_key_dim
    kept = tf.concat([before, tf.stack([layer._key_dense(query), layer._value_dense(query)])], 2)
    now[layer.name] = kept
    scores = tf.einsum("bqhd,bkhd->bhqk", asked, kept[0])
    new, old = tf.shape(query)[1], tf.shape(before)[2]
    seen = tf.range(new)[:, None] + old >= tf.range(new + old)[None, :]
    shares = tf.nn.softmax(tf.where(seen, scores, -1e30))
    return layer._output_dense(tf.einsum("bhqk,bkhd->bqhd", shares, kept[1]))


def _difference(model: keras.Model, path: Path, length: int) -> float:
    """Between codes asked about in pieces of several sizes, and the model asked about all of them."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    codes = np.random.default_rng(1).integers(0, model.output_shape[-1], (1, length)).astype(np.int32)
    expected = np.asarray(model([codes], training=False))[0]
    asked, worst = generate.Remembering(session), 0.0
    for count in sorted({1, 2, 3, max(length // 2, 1), *range(max(length - 3, 1), length + 1)}):
        worst = max(worst, float(np.abs(asked(codes[0, :count].tolist()) - expected[count - 1]).max()))
    return worst
