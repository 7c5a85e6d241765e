"""Recurrent layers leave out the same part of the memory in every step, as Gal & Ghahramani (2016) do."""

import numpy as np
import pytest

from core.graph import LayerReport

pytestmark = pytest.mark.heavy
STEPS, UNITS = 12, 64


def test_the_same_units_of_the_memory_are_left_out_in_every_step():
    """A memory that only hands itself on survives many steps where the same units are spared in each.

    With new dice in each step, one unit in 2^11 would survive; with the same dice, half of them do.
    """
    import keras

    from core.worker.build import keras_layer

    keras.utils.set_random_seed(1)
    fields = {
        "units": UNITS,
        "return_sequences": True,
        "dropout": 0.0,
        "recurrent_dropout": 0.5,
        "go_backwards": False,
    }
    layer = keras_layer("simple_rnn", "it", LayerReport(fields=fields))
    rows = np.zeros((1, STEPS, UNITS), np.float32)
    rows[0, 0] = 1e-3  # small, so that the bend is nearly straight; each step doubles what is spared
    layer.build(rows.shape)
    layer.set_weights([np.eye(UNITS), np.eye(UNITS), np.zeros(UNITS)])
    said = layer(rows, training=True).numpy()[0]
    alive = said > 1e-4
    assert 0.25 < alive[-1].mean() < 0.75
    assert (alive[1:] == alive[-1]).all()
    assert alive[0].all()
    assert (layer(rows, training=False).numpy()[0] > 5e-4).all()


@pytest.mark.parametrize("kind", ["simple_rnn", "lstm", "gru", "bidirectional"])
def test_the_shares_reach_the_layers_of_keras(kind: str):
    from core.fields import check_all
    from core.layers import SHELF
    from core.worker.build import keras_layer

    fields = check_all(SHELF[kind].FIELDS, {"units": 3, "dropout": 0.25, "recurrent_dropout": 0.5})
    layer = keras_layer(kind, "it", LayerReport(fields=fields), [(4, 2)])
    for one in (layer.forward_layer, layer.backward_layer) if kind == "bidirectional" else (layer,):
        assert (one.dropout, one.recurrent_dropout) == (0.25, 0.5)
