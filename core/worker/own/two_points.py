"""The end of a network of two towers: a point for the question and one for the answer, both of length one."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class TwoPoints(keras.layers.Layer):
    """From the numbers of both towers side by side, [rows, 2 · width], each half brought to the length one.

    What is multiplied and summed up of two halves is the cosine of the angle between them.
    """

    def call(self, inputs):
        question, answer = ops.split(inputs, 2, axis=-1)
        return ops.concatenate([ops.normalize(question, axis=-1), ops.normalize(answer, axis=-1)], axis=-1)

    def compute_output_shape(self, input_shape):
        return input_shape
