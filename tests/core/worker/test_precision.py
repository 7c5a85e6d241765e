"""Steps in mixed precision are those of Keras's own policy; weights, answers and what is judged stay in full."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.spec import TRAINING

pytestmark = pytest.mark.heavy
ROWS, BATCH = 64, 16


def network(policy: str):
    """A small picture network; as with the engine, its last layer answers in full precision."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(5)
    start = keras.Input((8, 8, 3), dtype="uint8", name="photo")
    inner = layers.Rescaling(1 / 255, dtype=policy)(start)
    inner = layers.Conv2D(8, 3, activation="relu", dtype=policy)(inner)
    inner = layers.BatchNormalization(dtype=policy)(inner)
    inner = layers.GlobalAveragePooling2D(dtype=policy)(inner)
    model = keras.Model([start], layers.Dense(3, activation="softmax", dtype="float32")(inner))
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
    return model


def rows() -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(2)
    truth = dice.integers(0, 3, ROWS).astype(np.int32)
    return (dice.integers(0, 90, (ROWS, 8, 8, 3)) + 50 * truth[:, None, None, None]).astype(np.uint8), truth


def test_its_steps_are_those_of_keras_with_that_policy():
    import keras

    from core.worker.chunks import Chunks
    from core.worker.pace import Way

    photos, truth = rows()
    theirs, ours = network("mixed_bfloat16"), network("float32")
    theirs.fit([photos], truth, batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
    chunks = Chunks(ours, {"photo": photos}, truth, BATCH, keras.metrics.SparseCategoricalAccuracy(), False)
    before = {layer.name: layer.compute_dtype for layer in ours.layers}
    chunks.begin_epoch(np.arange(ROWS, dtype=np.int32))
    chunks.run(0, 4, Way(mixed=True))
    assert {layer.name: layer.compute_dtype for layer in ours.layers} == before
    for weight, other in zip(ours.weights, theirs.weights, strict=True):
        assert weight.dtype == "float32"
        np.testing.assert_allclose(weight, other, atol=2e-4)
    exact = network("float32")
    exact.fit([photos], truth, batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
    off = max(
        float(np.abs(a - b).max()) for a, b in zip(ours.get_weights(), exact.get_weights(), strict=True)
    )
    assert off > 1e-6  # else nothing was computed otherwise


def test_what_is_judged_is_in_full_precision():
    import keras

    from core.worker.chunks import Chunks
    from core.worker.pace import Way

    photos, truth = rows()
    model = network("float32")
    chunks = Chunks(model, {"photo": photos}, truth, BATCH, keras.metrics.SparseCategoricalAccuracy(), False)
    chunks.begin_epoch(np.arange(ROWS, dtype=np.int32))
    chunks.run(0, 4, Way(mixed=True))
    loss, outputs = chunks.judge({"photo": photos}, truth)
    assert loss == pytest.approx(model.evaluate([photos], truth, verbose=0), abs=1e-6)
    np.testing.assert_allclose(outputs, model.predict([photos], verbose=0), atol=1e-6)


@pytest.mark.parametrize(
    ("task", "dtype", "suited"),
    [("one_of_many", "uint8", True), ("one_of_many", "float32", False), ("amount", "uint8", False)],
)
def test_without_being_asked_it_leaves_out_what_needs_digits(
    monkeypatch: pytest.MonkeyPatch, task: str, dtype: str, suited: bool
):
    from core.worker import precision

    monkeypatch.setattr(precision, "supported", lambda: True)
    assert precision.suits(task, {"inputs": {"it": {"dtype": dtype}}}) == suited


def test_a_run_that_is_asked_for_it_says_so_and_comes_to_the_same_bits_again(ask):
    from core import runs as made
    from core.worker import door

    assert TRAINING["mixed_precision"].default is None
    asked = ask(epochs=2, batch_size=1, mixed_precision="on", jit_compile="off")
    runs = [made.create(asked) for _ in range(2)]
    for run in runs:
        door.enter(run.folder)
        said = [event for event in run.events()[0] if event["kind"] == "choice"]
        assert [event["mixed"] for event in said] == [True]
        assert "bfloat16" in said[0]["text"]["text"]
        assert json.loads((Path(run.folder) / "made_with.json").read_text(encoding="utf-8"))["mixed"] is True
    first, second = (np.load(run.folder / "best.weights.npz", allow_pickle=False) for run in runs)
    assert all((first[name] == second[name]).all() for name in first.files)
