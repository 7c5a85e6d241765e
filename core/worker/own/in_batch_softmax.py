"""The loss of two towers: each question has to find its own answer among all answers of its batch, and the other way round."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class InBatchSoftmax(keras.losses.Loss):
    """The surprise at each row's own answer, [rows], when its question chooses among the answers of the batch, averaged
    with that at its own question, when its answer chooses among the questions.

    Rows with an equal answer are no rivals of each other.

    Args:
        scale: By what cosines are multiplied before the softmax: they reach from -1 to 1 only.

    Sources: Henderson et al., "Efficient Natural Language Response Suggestion for Smart Reply", 2017, section 4.3; Gillick
        et al., "End-to-End Retrieval in Continuous Space", 2018; both directions as in Radford et al., "Learning
        Transferable Visual Models From Natural Language Supervision", ICML 2021, figure 3.
    """

    def __init__(self, scale=20.0, name="in_batch_softmax", **kwargs):
        super().__init__(name=name, **kwargs)
        self.scale = scale

    def call(self, y_true, y_pred):
        question, answer = ops.split(y_pred, 2, axis=-1)
        near = self.scale * ops.matmul(question, ops.transpose(answer))
        number = ops.reshape(y_true, (-1,))
        equal = ops.cast(ops.expand_dims(number, 0) == ops.expand_dims(number, 1), near.dtype)
        itself = ops.eye(ops.shape(number)[0], dtype=near.dtype)
        own = ops.sum(near * itself, axis=1)
        rivals = near - 1e4 * (equal - itself)
        return (ops.logsumexp(rivals, axis=1) + ops.logsumexp(rivals, axis=0)) / 2 - own

    def get_config(self):
        return {**super().get_config(), "scale": self.scale}
