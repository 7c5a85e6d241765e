"""The loss of a network that recommends: among all items, what a person did next is to stand first."""

import keras
from keras import ops

NEVER = -1e9


@keras.saving.register_keras_serializable(package="modelyard")
class NextItems(keras.losses.Loss):
    """The surprise at each row's items, [rows], when it chooses among all of them.

    Codes of items are above 0; 0 fills up, and negative ones are items that a person had before, which nobody counts here.

    Args:
        end: The layer that scores the items, where these are so many that each step asks it about some of them only. It then
            gives while it trains what it would score them by, and says how many are drawn (`sampled`), how likely each is
            (`chances`), by which dice (`dice`) and how some codes are scored (`points_of`). None where all are scored.

    Sources: Liang et al., "Variational Autoencoders for Collaborative Filtering", WWW 2018, equation 2 (all items of a row
        against one softmax); Klenitskiy and Vasilev, RecSys 2023 (a softmax over all items at each step); Bengio and Senécal,
        "Adaptive Importance Sampling to Accelerate Training of a Neural Probabilistic Language Model", IEEE Transactions on
        Neural Networks 19 (2008), section III (the sum over all from some, each weighed by how likely it was drawn).
    """

    def __init__(self, end=None, name="next_items", **kwargs):
        super().__init__(name=name, **kwargs)
        self.end = end

    def call(self, y_true, y_pred):
        codes = ops.cast(y_true, "int32")
        counts = ops.cast(codes > 0, y_pred.dtype)
        wanted = ops.maximum(codes, 0)
        if self.end is not None and y_pred.shape[-1] != self.end.chances.shape[0]:
            surprise = self.among_some(wanted, y_pred)
        elif len(y_pred.shape) == 3:  # a softmax at each step
            own = ops.take_along_axis(y_pred, ops.expand_dims(wanted, -1), axis=-1)[..., 0]
            surprise = ops.logsumexp(y_pred, axis=-1) - own
        else:  # one for all
            surprise = ops.logsumexp(y_pred, axis=-1, keepdims=True) - ops.take_along_axis(
                y_pred, wanted, axis=-1
            )
        # The mean over all that counts in the batch: who did much counts for more, as in one long list of events.
        share = ops.maximum(ops.mean(ops.sum(counts, axis=-1)), 1e-6)
        return ops.sum(surprise * counts, axis=-1) / share

    def among_some(self, wanted, given):
        """The surprise at each wanted code [rows, steps], estimated: the sum over all items is on average that of its own
        and of those drawn, each divided by how often it is to be expected among them.

        Args:
            given: What items are scored by, [rows, steps, width], or [rows, width] for all steps of a row.
        """
        given = given if len(given.shape) == 3 else ops.expand_dims(given, 1)
        chances = ops.convert_to_tensor(self.end.chances)
        steps = ops.cumsum(chances)
        thrown = keras.random.uniform((self.end.sampled,), seed=self.end.dice) * steps[-1]
        drawn = ops.minimum(ops.searchsorted(steps, thrown, side="right"), ops.shape(chances)[0] - 1)
        expected = ops.log(ops.take(chances, drawn) * self.end.sampled / steps[-1])
        points, biases = self.end.points_of(drawn)
        rivals = ops.matmul(given, ops.transpose(points)) + ops.cast(biases - expected, given.dtype)
        itself = ops.expand_dims(wanted, -1) == ops.cast(drawn, "int32")
        rivals = ops.where(itself, ops.cast(NEVER, rivals.dtype), rivals)
        points, biases = self.end.points_of(ops.reshape(wanted, (-1,)))
        points = ops.reshape(points, (*ops.shape(wanted), given.shape[-1]))
        own = ops.sum(given * points, axis=-1) + ops.reshape(biases, ops.shape(wanted))
        return ops.logaddexp(ops.logsumexp(rivals, axis=-1), own) - own
