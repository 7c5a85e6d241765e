"""Makes several members of one network, which share nearly all weights."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="modelyard")
class MemberScaling(keras.layers.Layer):
    """Gives each member its own view of a row: every number times a weight of the member's own.

    What comes in is [rows, numbers], what goes out [rows, members, numbers]. All layers behind it treat the members
    alike, so that a member costs time but hardly any weights.

    Source: Gorishniy et al., "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling", ICLR 2025,
        section 3.3 (TabM-mini); Wen et al., "BatchEnsemble", ICLR 2020.
    """

    def __init__(self, members, **kwargs):
        super().__init__(**kwargs)
        self.members = members

    def build(self, input_shape):
        self.scale = self.add_weight(
            shape=(self.members, input_shape[-1]),
            initializer=keras.initializers.RandomNormal(stddev=1.0),
            name="scale",
        )

    def call(self, inputs):
        return ops.expand_dims(inputs, 1) * self.scale

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.members, input_shape[-1])

    def get_config(self):
        return {**super().get_config(), "members": self.members}
