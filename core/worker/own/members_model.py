"""A model in which each of several members learns from its own answer."""

import keras
from keras import ops


class MembersModel(keras.Model):
    """While it learns, the loss is the mean of the members' losses; judged is the average of their answers.

    Were the average itself to learn, the members would lean on each other and become one.

    Source: Gorishniy et al., "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling", ICLR 2025,
        section 3.2.
    """

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        each = getattr(y_pred, "of_each_member", None) if training else None
        if each is not None:
            members = self.layers[-1].members
            y = ops.repeat(y, members, axis=0)
            sample_weight = None if sample_weight is None else ops.repeat(sample_weight, members, axis=0)
            y_pred = each
        return super().compute_loss(x, y, y_pred, sample_weight, training)
