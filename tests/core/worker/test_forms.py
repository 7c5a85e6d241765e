"""A layer called with weights of its own gives what Keras's own layer gives with them."""

import json
from typing import Any

import numpy as np
import pytest

from core.graph import LayerReport
from core.layers import SHELF
from tests.core.layers.kinds import BLOCKS, EXAMPLES

pytestmark = pytest.mark.heavy

SINGLE = [row for row in EXAMPLES if row.values[0] not in (*BLOCKS, "input")]


def made(kind: str, example: dict[str, Any]) -> tuple[Any, dict[str, Any], list[Any]]:
    """The form of an example, its fields, and rows that fit it."""
    import keras

    from core.worker.forms import Wanted, form
    from tests.core.layers.kinds import complete

    fields = complete(kind, example)
    dtype = "int32" if getattr(SHELF[kind], "CODES", "") == "reads" else "float32"
    dice = np.random.default_rng(1)
    rows = [(3 * dice.random((1, *shape))).astype(dtype) for shape in example["shapes"]]
    takes = tuple(tuple(shape) for shape in example["shapes"])
    wanted = Wanted(kind, json.dumps(fields, sort_keys=True), takes, fields)
    return form(wanted), fields, [keras.ops.convert_to_tensor(row) for row in rows]


@pytest.mark.parametrize(("kind", "example"), SINGLE)
def test_it_gives_what_keras_gives_with_the_same_weights(kind: str, example: dict):
    import keras

    from core.worker.build import called, keras_layer

    shared, fields, rows = made(kind, example)
    weights = shared.fresh("it")
    inputs = [keras.Input(row.shape[1:], dtype=row.dtype.name) for row in rows]
    layer = keras_layer(kind, "it", LayerReport(fields=fields), example["shapes"])
    model = keras.Model(inputs, called(kind, layer, inputs, fields))
    model.set_weights([np.asarray(array) for array in weights])
    expected = np.asarray(model(rows, training=False))
    assert np.array_equal(np.asarray(shared(weights, rows)), expected, equal_nan=True)


def test_weights_follow_from_the_layers_name_and_nothing_else():
    shared, _, _ = made("dense", {"fields": {"units": 7}, "shapes": [(5,)]})
    first, again, other = (np.asarray(shared.fresh(name)[0]) for name in ("a", "a", "b"))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert abs(first).max() <= np.sqrt(6 / 12)  # Glorot & Bengio 2010, equation 16


def test_alike_layers_share_a_form_that_holds_no_weights():
    one, _, rows = made("dense", {"fields": {"units": 7}, "shapes": [(5,)]})
    two, _, _ = made("dense", {"fields": {"units": 7}, "shapes": [(5,)]})
    assert one is two
    zeros = [np.zeros((5, 7), np.float32), np.full(7, 2, np.float32)]
    assert not np.array_equal(np.asarray(one(one.fresh("a"), rows)), np.asarray(one(zeros, rows)))
    assert (np.asarray(one(zeros, rows)) == 2).all()
    assert all(variable._value is None for variable in one.layer.variables)
