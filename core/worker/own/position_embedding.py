"""Tells a network where in its sequence each step stands."""

import keras
import numpy as np
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class PositionEmbedding(keras.layers.Layer):
    """Adds to every step numbers that say which step it is.

    Args:
        form: `learned`, one row of weights for each step; or `sinusoidal`, waves of different lengths that need no
            weights.

    Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.5; learned: Gehring et al., "Convolutional
        Sequence to Sequence Learning", 2017, section 3.1.
    """

    def __init__(self, form="learned", **kwargs):
        super().__init__(**kwargs)
        if form not in ("learned", "sinusoidal"):
            raise ValueError(f"form must be 'learned' or 'sinusoidal', not {form!r}")
        self.form = form
        self.supports_masking = True

    def build(self, input_shape):
        steps, width = input_shape[-2:]
        if self.form == "learned":
            self.positions = self.add_weight(
                shape=(steps, width),
                initializer=keras.initializers.RandomNormal(stddev=0.02),
                name="positions",
            )
        else:
            self.positions = waves(steps, width)

    def call(self, inputs):
        positions = self.positions
        if inputs.shape[-2] != positions.shape[0]:  # a sequence that is still being written
            positions = positions[: ops.shape(inputs)[-2]]
        return inputs + ops.cast(positions, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "form": self.form}


def waves(steps, width):
    """Sines on even places and cosines on odd ones, [steps, width]; computed in double precision."""
    places = np.arange(width)
    angles = np.arange(steps)[:, None] / 10_000.0 ** (2 * (places // 2) / width)
    return np.where(places % 2 == 0, np.sin(angles), np.cos(angles)).astype("float32")
