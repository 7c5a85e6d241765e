"""What the words and parts of words that a text holds say, added up."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class CountedWords(keras.layers.Layer):
    """Learned numbers for each piece of a text, added up by the piece's share of the text.

    What comes in lists the pieces that a text holds, [rows, pieces, 2]: a code and a share in parts of `WHOLE`; code 0 is
    none. It is a dense layer on the whole vocabulary's shares, carried out only where they are not zero.

    Args:
        input_dim: How many codes there are, 0 included.
        units: Numbers that come out.
        rate: Share of the pieces that is left out of each text while training.

    Source: Joulin et al., "Bag of Tricks for Efficient Text Classification", EACL 2017.
    """

    WHOLE = 10_000.0  # by which the shares are written down

    def __init__(self, input_dim, units, rate=0.0, **kwargs):
        super().__init__(**kwargs)
        self.input_dim, self.units, self.rate = int(input_dim), int(units), rate
        self.seed_generator = keras.random.SeedGenerator()

    def build(self, input_shape):
        # As small as in fastText: what is never or seldom seen in training shall say next to nothing.
        start = keras.initializers.RandomUniform(-1 / self.units, 1 / self.units)
        self.kernel = self.add_weight(shape=(self.input_dim, self.units), initializer=start, name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, inputs, training=False):
        codes = ops.cast(inputs[..., 0], "int32")
        shares = ops.cast(inputs[..., 1], self.compute_dtype) / self.WHOLE
        shares = ops.where(codes > 0, shares, ops.zeros_like(shares))
        if training and self.rate:
            shares = keras.random.dropout(shares, self.rate, seed=self.seed_generator)
        found = ops.einsum("rp,rpu->ru", shares, ops.take(self.kernel, codes, axis=0))
        return found + self.bias

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.units)

    def get_config(self):
        return {**super().get_config(), "input_dim": self.input_dim, "units": self.units, "rate": self.rate}
