"""The end of a network that recommends: a score for each item."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class ItemScores(keras.layers.Layer):
    """From numbers that describe a person, or each step of what a person did, a score for each item.

    It is a dense layer whose columns describe the items, and whose bias says how popular they are. Of steps, all are
    answered while it trains, [rows, steps, units], and otherwise only the last one, [rows, units]. Where as many numbers
    come in as there are items, they are the scores already and are passed on.

    Args:
        units: How many codes of items there are, 0 included, which stands for none.
        sampled: Where items are many, how many of them each step of training is to look at: what comes in is then passed on
            while it trains, and the loss `NextItems` scores those that it draws. 0 for all items.

    Sources: Rendle et al., "Neural Collaborative Filtering vs. Matrix Factorization Revisited", RecSys 2020 (the product of
        two vectors and biases); Klenitskiy and Vasilev, "Turning Dross Into Gold Loss", RecSys 2023 (all items at each step).
    """

    def __init__(self, units, sampled=0, **kwargs):
        super().__init__(**kwargs)
        self.units, self.sampled = int(units), int(sampled)
        if self.sampled:
            self.dice = keras.random.SeedGenerator(7)

    def build(self, input_shape):
        self.passes = len(input_shape) == 2 and input_shape[-1] == self.units
        if not self.passes:
            self.kernel = self.add_weight(
                shape=(input_shape[-1], self.units), initializer="glorot_uniform", name="kernel"
            )
            self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        if self.sampled and not self.passes:
            self.chances = self.add_weight(
                shape=(self.units,), initializer="ones", trainable=False, name="chances"
            )

    def points_of(self, codes):
        """What some codes are scored by, [codes, width], and what is added, [codes]."""
        return ops.transpose(ops.take(self.kernel, codes, axis=1)), ops.take(self.bias, codes)

    def call(self, inputs, training=None):
        if self.passes or (self.sampled and training):
            return inputs
        if len(inputs.shape) == 3 and not training:
            inputs = inputs[:, -1, :]
        return ops.matmul(inputs, self.kernel) + self.bias

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.units)

    def get_config(self):
        return {**super().get_config(), "units": self.units, "sampled": self.sampled}
