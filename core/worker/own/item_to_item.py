"""What each item that somebody had says about all others, added up."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class ItemToItem(keras.layers.Layer):
    """From how much each item counts in what a person had, [rows, codes], a score for each item, [rows, codes].

    Its weights are solved once and never trained; no item speaks for itself.

    Args:
        strength: How strongly weights are pulled towards zero when they are solved; 0 lets validation rows choose.

    Source: Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
    """

    def __init__(self, strength=0.0, **kwargs):
        super().__init__(**kwargs)
        self.strength = float(strength)

    def build(self, input_shape):
        codes = input_shape[-1]
        self.kernel = self.add_weight(
            shape=(codes, codes), initializer="zeros", trainable=False, name="kernel"
        )

    def call(self, inputs):
        return ops.matmul(inputs, self.kernel)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "strength": self.strength}
