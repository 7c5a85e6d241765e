"""The loss of a network that recommends: among all items, what a person did next is to stand first."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class NextItems(keras.losses.Loss):
    """The surprise at each row's items, [rows], when it chooses among all of them.

    Codes of items are above 0; 0 fills up, and negative ones are items that a person had before, which nobody counts here.

    Sources: Liang et al., "Variational Autoencoders for Collaborative Filtering", WWW 2018, equation 2 (all items of a row
        against one softmax); Klenitskiy and Vasilev, RecSys 2023 (a softmax over all items at each step).
    """

    def __init__(self, name="next_items", **kwargs):
        super().__init__(name=name, **kwargs)

    def call(self, y_true, y_pred):
        codes = ops.cast(y_true, "int32")
        counts = ops.cast(codes > 0, y_pred.dtype)
        wanted = ops.maximum(codes, 0)
        if len(y_pred.shape) == 3:  # a softmax at each step
            own = ops.take_along_axis(y_pred, ops.expand_dims(wanted, -1), axis=-1)[..., 0]
            surprise = ops.logsumexp(y_pred, axis=-1) - own
        else:  # one for all
            surprise = ops.logsumexp(y_pred, axis=-1, keepdims=True) - ops.take_along_axis(
                y_pred, wanted, axis=-1
            )
        # The mean over all that counts in the batch: who did much counts for more, as in one long list of events.
        share = ops.maximum(ops.mean(ops.sum(counts, axis=-1)), 1e-6)
        return ops.sum(surprise * counts, axis=-1) / share
