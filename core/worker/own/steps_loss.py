"""The loss of answers that stand in an order: at each step, whether the truth lies beyond it."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class StepsLoss(keras.losses.Loss):
    """The surprise at the true class, when each output is the chance to go on to the next one for rows that came so far.

    So the chances of the classes add up to one and are never below zero.

    Source: McCullagh, "Regression Models for Ordinal Data", J. R. Stat. Soc. B 42 (1980), section 6 (continuation
        ratios); Shi, Cao and Raschka, "Deep Neural Networks for Rank-Consistent Ordinal Regression Based On
        Conditional Probabilities" (CORN), 2021.
    """

    def __init__(self, name="steps_loss", **kwargs):
        super().__init__(name=name, **kwargs)

    def call(self, y_true, y_pred):
        reached = ops.cast(ops.reshape(y_true, (-1, 1)), "int32")  # numbers of classes
        steps = ops.arange(y_pred.shape[-1], dtype="int32")[None]
        beyond = ops.cast(reached > steps, y_pred.dtype)
        asked = ops.cast(
            reached >= steps, y_pred.dtype
        )  # a row says nothing about steps that it never came to
        chances = ops.clip(y_pred, keras.config.epsilon(), 1 - keras.config.epsilon())
        surprise = -beyond * ops.log(chances) - (1 - beyond) * ops.log(1 - chances)
        return ops.sum(asked * surprise, axis=-1)
