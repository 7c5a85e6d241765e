"""An average of the weights that forgets its beginning as training goes on, however long that is."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

REMEMBERED = 8  # the larger, the younger: weights are on average as old as a tenth of all steps so far


class LatestShare(keras.optimizers.AdamW):
    """AdamW whose average always holds about the latest tenth of the steps, where Keras's holds a fixed number of them.

    It is what a falling learning rate would come to, without having to know when training will end.

    Source: Shamir and Zhang, "Stochastic Gradient Descent for Non-smooth Optimization", ICML 2013, section 4
        (polynomial-decay averaging, with `REMEMBERED` as eta); Hägele et al., "Scaling Laws and Compute-Optimal Training
        Beyond Fixed Training Durations", NeurIPS 2024, on averages in place of falling rates.
    """

    def _update_model_variables_moving_average(self, trainable_variables: Sequence[Any]) -> None:
        """Called by Keras after each step, before it counts it."""
        if not self.use_ema:
            return
        taken = ops.cast(self.iterations, "float32")
        old = taken / (taken + 1 + REMEMBERED)
        for weight, average in zip(trainable_variables, self._model_variables_moving_average, strict=True):
            if average is not None:
                average.assign(
                    ops.cast(old, weight.dtype) * average + ops.cast(1 - old, weight.dtype) * weight
                )
