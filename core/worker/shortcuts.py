"""What a network says while it trains, by shorter ways than Keras's layers take: the same mathematics, compiled better.

Only for steps that XLA compiles on processors. The model itself stays as it is: these are other ways through its own
layers, with their own weights, and any layer without one is called as ever. What was slow there, and what it costs now,
stands in `benchmarks/README.md`.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import keras
import tensorflow as tf
from keras.src.models.functional import operation_fn

# Two rounds of a hash over counters. Source: Wellons, "Hash Function Prospector", 2018 (lowbias32).
SHIFTS, FACTORS = (16, 15, 16), (0x7FEB352D, 0x846CA68B)
GOLDEN = 0x9E3779B9  # 2³² divided by the golden ratio: keys that follow each other come to lie far apart


def outputs(model: keras.Model, inputs: Sequence[Any]) -> Any:
    """What the functional model gives for these rows while it trains.

    Args:
        inputs: In the order of `model.inputs`.
    """

    given = [tf.cast(one, tensor.dtype) for one, tensor in zip(inputs, model.inputs, strict=True)]
    said = model._run_through_graph(given, operation_fn=_way)
    return said[0] if isinstance(said, list) and len(said) == 1 else said


def _way(layer: Any) -> Callable[..., Any]:
    usual = operation_fn(layer, training=True)
    fits, short = SHORT.get(type(layer), (None, None))
    if fits is None or not fits(layer):
        return usual

    def called(*given: Any, **more: Any) -> Any:
        masked = any(getattr(one, "_keras_mask", None) is not None for one in given)
        return usual(*given, **more) if masked else short(layer, *given, **more)

    return called


def dropout(layer: keras.layers.Dropout, x: Any, **_: Any) -> Any:
    """Zeros where a hash of the place and the layer's next seed is small, the rest grown in exchange."""
    kept = 1.0 - layer.rate
    bits = hashed(tf.cast(layer.seed_generator.next(), tf.uint32), tf.shape(x))
    stays = bits >= tf.constant(round(layer.rate * 2**32), tf.uint32)
    return tf.where(stays, x * tf.cast(1.0 / kept, x.dtype), tf.zeros((), x.dtype))


def hashed(seed: Any, shape: Any) -> Any:
    """Random numbers of 32 bits, uint32 of this shape, which follow from their places and the two numbers in `seed`."""
    bits = tf.cast(tf.range(tf.reduce_prod(shape)), tf.uint32)
    for key in (seed[0] * tf.constant(GOLDEN, tf.uint32), seed[1]):
        bits = _mixed(bits ^ key)
    return tf.reshape(bits, shape)


def _mixed(bits: Any) -> Any:
    for shift, factor in zip(SHIFTS, (*FACTORS, None), strict=True):
        bits = tf.bitwise.bitwise_xor(bits, tf.bitwise.right_shift(bits, tf.constant(shift, tf.uint32)))
        if factor is not None:
            bits = bits * tf.constant(factor, tf.uint32)
    return bits


@tf.custom_gradient
def shifted(x: Any, bias: Any) -> tuple[Any, Callable[..., Any]]:
    """`x` [rows, width] and the bias of each column; its gradient, the columns' sums, is a product with ones."""

    def gradient(change: Any) -> tuple[Any, Any]:
        ones = tf.ones((1, tf.shape(change)[0]), change.dtype)
        return change, tf.reshape(tf.matmul(ones, change), tf.shape(bias))

    return x + bias, gradient


def dense(layer: keras.layers.Dense, x: Any, **_: Any) -> Any:
    """One product over all places at once, however many axes there are."""
    flat = tf.matmul(tf.reshape(x, (-1, x.shape[-1])), layer.kernel.value)
    flat = flat if layer.bias is None else shifted(flat, layer.bias.value)
    answer = tf.reshape(flat, (-1, *x.shape[1:-1], layer.units)) if len(x.shape) > 2 else flat
    if layer.activation is keras.activations.gelu:
        return gelu(answer)
    # Last, because Keras's losses know from which numbers a softmax or a sigmoid was made.
    return answer if layer.activation is None else layer.activation(answer)


def gelu(x: Any) -> Any:
    """Exact GELU by the error function, which XLA computes faster than its complement."""
    return 0.5 * x * (1.0 + tf.math.erf(x * tf.cast(math.sqrt(0.5), x.dtype)))


def attention(
    layer: keras.layers.MultiHeadAttention, query: Any, value: Any, key: Any = None, **more: Any
) -> Any:
    """Query, key and value by one product, where all look at the same steps."""
    heads, size, width = layer._num_heads, layer._key_dim, query.shape[-1]
    steps, inner = query.shape[1], layer._num_heads * layer._key_dim
    parts = (layer._query_dense, layer._key_dense, layer._value_dense)
    kernel = tf.concat([tf.reshape(part.kernel.value, (width, inner)) for part in parts], 1)
    found = tf.matmul(tf.reshape(query, (-1, width)), kernel)
    if layer._use_bias:
        found = shifted(found, tf.concat([tf.reshape(part.bias.value, (inner,)) for part in parts], 0))
    asked, known, read = (
        tf.transpose(tf.reshape(one, (-1, steps, heads, size)), (0, 2, 1, 3)) for one in tf.split(found, 3, 1)
    )
    scores = tf.matmul(asked * layer._inverse_sqrt_key_dim, known, transpose_b=True)
    if more.get("use_causal_mask"):
        seen = tf.linalg.band_part(tf.ones((steps, steps), tf.bool), -1, 0)
        scores = tf.where(seen, scores, tf.cast(-0.7 * scores.dtype.max, scores.dtype))
    looked = tf.transpose(tf.matmul(tf.nn.softmax(scores), read), (0, 2, 1, 3))
    end = layer._output_dense
    answer = tf.matmul(tf.reshape(looked, (-1, inner)), tf.reshape(end.kernel.value, (inner, width)))
    answer = shifted(answer, end.bias.value) if layer._use_bias else answer
    return tf.reshape(answer, (-1, steps, width))


def _plain_dense(layer: keras.layers.Dense) -> bool:
    """Whether it is as our own shelf makes it: no rank, no quantization, no mixed precision."""
    plain = layer.compute_dtype == "float32" and layer.activity_regularizer is None
    return plain and not layer.lora_enabled and layer.quantization_mode is None


def _plain_attention(layer: keras.layers.MultiHeadAttention) -> bool:
    """Whether it looks at its own steps, [rows, steps, width], and leaves nothing out."""
    query, value, *key = layer._inbound_nodes[0].input_tensors
    own = value is query and (not key or key[0] is query) and len(query.shape) == 3
    plain = layer._dropout == 0 and layer._value_dim == layer._key_dim and layer._output_shape is None
    one = len(layer._inbound_nodes) == 1 and layer.compute_dtype == "float32"
    return own and plain and one and not layer._use_gate and layer._sliding_window is None


def _drops(layer: keras.layers.Dropout) -> bool:
    return 0 < layer.rate < 1 and layer.noise_shape is None


SHORT: dict[type, tuple[Callable[[Any], bool], Callable[..., Any]]] = {
    keras.layers.Dropout: (_drops, dropout),
    keras.layers.Dense: (_plain_dense, dense),
    keras.layers.MultiHeadAttention: (_plain_attention, attention),
}
