"""The end of a network of several members: each answers by itself, and the answers are averaged."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class AveragedAnswers(keras.layers.Layer):
    """The mean of what the members answer, [rows, units], from [rows, members, numbers].

    Each member has weights of its own here. `MembersModel` lets each of them learn from its own answer.

    Args:
        units: How many numbers an answer has.
        activation: How each member's sums are bent.

    Source: Gorishniy et al., "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling", ICLR 2025,
        section 3.2.
    """

    def __init__(self, units, activation=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        members, width = input_shape[-2:]
        start = keras.initializers.RandomUniform(-(width**-0.5), width**-0.5)
        self.members = members
        self.kernel = self.add_weight(shape=(members, width, self.units), initializer=start, name="kernel")
        self.bias = self.add_weight(shape=(members, self.units), initializer="zeros", name="bias")

    def call(self, inputs):
        sums = ops.einsum("rmn,mnu->rmu", inputs, self.kernel) + self.bias
        each = self.activation(ops.reshape(sums, (-1, self.units)))
        answer = ops.mean(ops.reshape(each, (-1, self.members, self.units)), axis=1)
        # [rows × members, units], for the loss, as Keras notes a softmax's sums. Tensors of some backends take no notes:
        # there the average alone learns.
        if hasattr(answer, "__dict__"):
            answer.of_each_member = each
        return answer

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.units)

    def get_config(self):
        activation = keras.activations.serialize(self.activation)
        return {**super().get_config(), "units": self.units, "activation": activation}
