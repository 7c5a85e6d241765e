"""The loss by which outputs become quantiles: the values below which certain shares of the rows lie."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class Pinball(keras.losses.Loss):
    """The pinball loss of one output for each share, averaged: being too low costs the share, too high the rest.

    Args:
        shares: The shares of rows that are to lie below each output.

    Source: Koenker and Bassett, "Regression Quantiles", Econometrica 46 (1978).
    """

    def __init__(self, shares=(0.05, 0.5, 0.95), name="pinball", **kwargs):
        super().__init__(name=name, **kwargs)
        self.shares = tuple(shares)

    def call(self, y_true, y_pred):
        missing = ops.cast(y_true, y_pred.dtype) - y_pred  # [rows, 1] against [rows, shares]
        shares = ops.convert_to_tensor(self.shares, y_pred.dtype)
        return ops.mean(ops.maximum(shares * missing, (shares - 1) * missing), axis=-1)

    def get_config(self):
        return {**super().get_config(), "shares": list(self.shares)}
