"""Gives every number column a short list of learned numbers, as embeddings give them to categories."""

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class NumberEmbedding(keras.layers.Layer):
    """Each column's own small dense layer over the numbers that its recipe makes, all of them side by side.

    Args:
        output_dim: Numbers for each column.
        groups: How many numbers each column comes in with, in their order.

    Source: Gorishniy et al., "On Embeddings for Numerical Features in Tabular Deep Learning", NeurIPS 2022, section
        3.2: piecewise-linear encoding, then a linear layer and ReLU for each feature.
    """

    def __init__(self, output_dim, groups, **kwargs):
        super().__init__(**kwargs)
        self.output_dim = output_dim
        self.groups = [int(size) for size in groups]

    def build(self, input_shape):
        columns, widest = len(self.groups), max(self.groups)
        # Columns with fewer numbers than the widest are filled up with the zero that `call` puts behind all numbers.
        self.places = np.full((columns, widest), input_shape[-1], "int32")
        for column, (size, end) in enumerate(zip(self.groups, np.cumsum(self.groups), strict=True)):
            self.places[column, :size] = np.arange(end - size, end)
        limit = (3 / np.mean(self.groups)) ** 0.5
        start = keras.initializers.RandomUniform(-limit, limit)
        self.kernel = self.add_weight(
            shape=(columns, widest, self.output_dim), initializer=start, name="kernel"
        )
        self.bias = self.add_weight(shape=(columns, self.output_dim), initializer="zeros", name="bias")

    def call(self, inputs):
        filled = ops.pad(inputs, ((0, 0), (0, 1)))
        columns = ops.reshape(ops.take(filled, self.places.reshape(-1), axis=1), (-1, *self.places.shape))
        found = ops.relu(ops.einsum("rcn,cnd->rcd", columns, self.kernel) + self.bias)
        return ops.reshape(found, (-1, len(self.groups) * self.output_dim))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], len(self.groups) * self.output_dim)

    def get_config(self):
        return {**super().get_config(), "output_dim": self.output_dim, "groups": self.groups}
