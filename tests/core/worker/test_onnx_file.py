"""The ONNX file says what Keras says, for any number of rows."""

from pathlib import Path

import numpy as np
import pytest

from core.layers import SHELF
from tests.core.worker.side_by_side import rows_for, side_by_side

pytestmark = pytest.mark.heavy
KINDS = [kind for kind in SHELF if kind not in {"input", "output"}]


def network():
    import keras
    from keras import layers

    keras.utils.set_random_seed(2)
    # Named so that neither the alphabet nor the order of use helps.
    numbers, categories = (
        keras.Input((4,), name="numbers"),
        keras.Input((4,), dtype="int32", name="categories"),
    )
    told = layers.Flatten()(layers.Embedding(9, 3)(categories))
    hidden = layers.Concatenate()([told, layers.GaussianNoise(0.5)(layers.BatchNormalization()(numbers))])
    hidden = layers.Dropout(0.5)(layers.LayerNormalization()(layers.Dense(8, activation="gelu")(hidden)))
    return keras.Model([numbers, categories], layers.Dense(3, activation="softmax")(hidden))


def rows(count: int) -> dict[str, np.ndarray]:
    dice = np.random.default_rng(count)
    numbers = dice.normal(size=(count, 4)).astype(np.float32)
    return {"numbers": numbers, "categories": dice.integers(0, 9, (count, 4)).astype(np.int32)}


@pytest.mark.parametrize("count", [1, 7, 300])
def test_the_file_answers_like_keras(tmp_path: Path, count: int):
    from core.worker import onnx_file
    from core.worker.finish import by_keras

    model, inputs = network(), rows(count)
    onnx_file.write(model, tmp_path / "model.onnx")
    assert onnx_file.check(tmp_path / "model.onnx", inputs, by_keras(model, inputs)) < 1e-6


def test_a_file_that_answers_differently_is_refused_and_not_kept(tmp_path: Path):
    from core.errors import ExportError
    from core.worker import onnx_file

    model, inputs = network(), rows(5)
    onnx_file.write(model, tmp_path / "model.onnx")
    with pytest.raises(ExportError, match="answers differently"):
        onnx_file.check(tmp_path / "model.onnx", inputs, np.zeros((5, 3), np.float32))
    assert not (tmp_path / "model.onnx").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_layer_answers_in_onnx_as_in_keras(tmp_path: Path, kind: str):
    import keras

    from core.worker import onnx_file
    from core.worker.build import build
    from core.worker.finish import by_keras

    keras.utils.set_random_seed(4)
    graph, facts = side_by_side([kind])
    model, rows = build(graph, facts), rows_for(facts, 3)
    onnx_file.write(model, tmp_path / "model.onnx")
    assert onnx_file.check(tmp_path / "model.onnx", rows, by_keras(model, rows)) < 1e-5
