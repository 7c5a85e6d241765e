"""Layers of our own answer as their formula says, train, and come back from a file."""

from pathlib import Path

import numpy as np
import pytest

import core

pytestmark = pytest.mark.heavy
FILES = sorted(p.stem for p in (Path(core.__file__).parent / "worker" / "own").glob("[!_]*.py"))


@pytest.mark.parametrize(("steps", "width"), [(5, 8), (50, 7), (1, 1), (2_000, 16)])
def test_waves_are_those_of_the_paper(steps: int, width: int):
    """PE(pos, 2i) = sin(pos / 10000^(2i/d)) and PE(pos, 2i+1) = cos of the same; Vaswani et al. 2017, section 3.5."""
    from core.worker import own

    layer = own.own_class("PositionEmbedding")("sinusoidal")
    got = np.asarray(layer(np.zeros((1, steps, width), np.float32)))[0]
    expected = np.zeros((steps, width))
    for position in range(steps):
        for i in range(0, width, 2):
            angle = position / 10_000 ** (i / width)
            expected[position, i] = np.sin(angle)
            expected[position, i + 1 : i + 2] = np.cos(angle)
    np.testing.assert_allclose(got, expected, atol=1e-6)
    assert not layer.weights


def test_learned_positions_are_added_to_every_row():
    from core.worker import own

    layer = own.own_class("PositionEmbedding")()
    rows = np.random.default_rng(1).normal(size=(3, 4, 5)).astype(np.float32)
    got = np.asarray(layer(rows))
    np.testing.assert_allclose(got, rows + layer.weights[0].numpy(), atol=1e-6)
    assert len(layer.trainable_weights) == 1


@pytest.mark.parametrize("form", ["learned", "sinusoidal"])
def test_a_model_with_positions_comes_back_from_a_file(tmp_path: Path, form: str):
    import keras

    from core.worker import own

    inputs = keras.Input((4, 6))
    model = keras.Model(inputs, own.own_class("PositionEmbedding")(form, name="where")(inputs))
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    rows = np.random.default_rng(2).normal(size=(3, 4, 6)).astype(np.float32)
    np.testing.assert_array_equal(again(rows).numpy(), model(rows).numpy())
    assert again.get_layer("where").form == form


def test_a_form_that_there_is_not_is_refused():
    from core.worker import own

    with pytest.raises(ValueError, match="learned"):
        own.own_class("PositionEmbedding")("straight")


@pytest.mark.parametrize("file", FILES)
def test_a_file_needs_nothing_of_modelyard_and_no_certain_backend(file: str):
    from core.worker import own

    text = (Path(own.__file__).parent / f"{file}.py").read_text(encoding="utf-8")
    assert "core" not in [word for line in text.splitlines() if "import" in line for word in line.split()]
    assert "tensorflow" not in text
    assert "tf." not in text
