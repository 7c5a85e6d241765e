"""What batch normalization remembers beside averaged weights is what Keras itself finds in front of each such layer."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import prepare, runs
from core.graph import Graph, Layer
from core.spec import Spec

pytestmark = pytest.mark.heavy
ROWS, BATCH = 203, 16
EXACT = {"rtol": 1e-4, "atol": 1e-5}


def data(rows: int = ROWS) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Sorted, as tables often are."""
    dice = np.random.default_rng(1)
    numbers = np.sort(dice.normal(3, 2, (rows, 6)).astype(np.float32), axis=0)
    return {"numbers": numbers}, np.sin(numbers[:, :1])


def model(normal: bool = True, stays: bool = False):
    """Two batch normalizations with chance around them; the first may be one that is to stay as it is."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(3)
    numbers = keras.Input((6,), name="numbers")
    hidden = layers.Dense(12, "relu")(layers.GaussianNoise(0.3)(numbers))
    hidden = layers.BatchNormalization(name="first")(hidden) if normal else hidden
    hidden = layers.Dense(8, "tanh")(layers.Dropout(0.5)(hidden))
    hidden = layers.BatchNormalization(name="second", scale=False)(hidden) if normal else hidden
    made = keras.Model([numbers], layers.Dense(1)(hidden))
    if stays:
        made.get_layer("first").trainable = False
    averaging = {"use_ema": True, "ema_momentum": 0.9}
    made.compile(keras.optimizers.AdamW(0.02, global_clipnorm=1.0, **averaging), "mse")
    return made


def learned(made, rows: tuple, epochs: int = 2, way=None, **how):
    """The network after some epochs of training."""
    import keras

    from core.worker.chunks import Chunks

    chunks = Chunks(made, *rows, BATCH, keras.metrics.MeanSquaredError(), False, **how)
    for epoch in range(epochs):
        chunks.begin_epoch(np.random.default_rng(epoch).permutation(chunks.rows))
        at = 0
        while at < chunks.steps:
            at += len(chunks.run(at, 5, way))
    return chunks


def in_front(made, inputs: dict[str, np.ndarray], training: bool = False) -> dict[str, np.ndarray]:
    """What plain Keras gives to each batch normalization, [rows, …, numbers] by its name."""
    import keras

    found = [layer for layer in made.layers if isinstance(layer, keras.layers.BatchNormalization)]
    asked = keras.Model(made.inputs, {layer.name: layer.input for layer in found})
    said = asked([inputs[tensor.name] for tensor in made.inputs], training=training)
    return {name: np.asarray(values) for name, values in said.items()}


def state(made) -> list[np.ndarray]:
    """All that the network holds, also of its dice."""
    return [one.value.numpy().copy() for one in made.variables]


def remembered(made, name: str) -> tuple[np.ndarray, np.ndarray]:
    layer = made.get_layer(name)
    return np.asarray(layer.moving_mean), np.asarray(layer.moving_variance)


def belongs(made, name: str, given: np.ndarray, **close: float) -> None:
    """Whether the layer remembers the mean and the variance of what it is given."""
    mean, variance = remembered(made, name)
    places = tuple(range(given.ndim - 1))
    np.testing.assert_allclose(mean, given.mean(places, np.float64), **(close or EXACT))
    np.testing.assert_allclose(variance, given.var(places, np.float64), **(close or EXACT))


@pytest.mark.parametrize("where", ["in memory", "from disk", "in parts", "compiled", "mixed"])
def test_averaged_weights_come_with_what_belongs_to_them(where: str, tmp_path: Path):
    from core.worker.pace import Way

    (inputs, truth), more, way = data(), {}, None
    if where == "from disk":
        np.save(tmp_path / "numbers.npy", inputs["numbers"])
        inputs = {"numbers": np.load(tmp_path / "numbers.npy", mmap_mode="r")}
        more = {"streamed": True}
    elif where == "in parts":
        more = {"parts": 3}
    elif where != "in memory":
        way = Way(fast=where == "compiled", mixed=where == "mixed")
    chunks = learned(model(), (inputs, truth), way=way, **more)
    made = chunks.model
    raw = remembered(made, "first")
    with chunks.averaged():
        given = in_front(made, {"numbers": np.asarray(inputs["numbers"])})
        belongs(made, "first", given["first"])
        belongs(made, "second", given["second"])
        now = remembered(made, "first")
    assert not np.allclose(raw[0], now[0], rtol=0.05)  # else nothing would have had to be mended


def test_training_goes_on_as_if_nobody_had_judged():
    """Weights, running means and the state of every dice are bit for bit as they were, and later steps too."""
    found = []
    for looks in (0, 2):
        chunks = learned(model(), data(), epochs=1)
        before = state(chunks.model)
        for _ in range(looks):
            with chunks.averaged():
                pass
        for one, now in zip(before, state(chunks.model), strict=True):
            assert np.array_equal(one, now)
        chunks.begin_epoch(np.arange(ROWS))
        chunks.run(0, 5)
        found.append(state(chunks.model))
    for one, other in zip(*found, strict=True):
        assert np.array_equal(one, other)


def test_the_same_training_is_given_the_same_bits():
    found = []
    for _ in range(2):
        chunks = learned(model(), data(), epochs=1)
        with chunks.averaged():
            found.append(chunks.model.get_weights())
    for one, other in zip(*found, strict=True):
        assert np.array_equal(one, other)


def test_what_is_to_stay_as_it_is_keeps_what_it_remembers():
    chunks = learned(model(stays=True), data())
    made, before = chunks.model, remembered(chunks.model, "first")
    with chunks.averaged():
        for one, other in zip(before, remembered(made, "first"), strict=True):
            assert np.array_equal(one, other)
        belongs(made, "second", in_front(made, data()[0])["second"])


def test_without_batch_normalization_no_row_is_looked_at(monkeypatch: pytest.MonkeyPatch):
    chunks = learned(model(normal=False), data(), epochs=1)
    monkeypatch.delattr(type(chunks._source), "batch")  # whoever asked for rows would fail
    with chunks.averaged():
        pass


def test_without_averaging_what_training_remembers_stays():
    import keras

    made = model()
    made.compile(keras.optimizers.AdamW(0.02), "mse")
    chunks = learned(made, data(), epochs=1)
    before = made.get_weights()
    with chunks.averaged():
        for one, other in zip(before, made.get_weights(), strict=True):
            assert np.array_equal(one, other)


def test_large_pictures_are_measured_in_parts_that_are_put_together():
    """The authority: Keras in training mode on the same parts, and NumPy over all of them."""
    import keras
    from keras import layers

    from core.worker.batch_statistics import BatchStatistics, parts
    from core.worker.rows import InMemory, named

    keras.utils.set_random_seed(3)
    photo = keras.Input((6, 6, 1), dtype="uint8", name="photo")
    seen = layers.Conv2D(4, 3)(layers.Rescaling(1 / 255)(photo))
    seen = layers.BatchNormalization(name="first")(seen)
    seen = layers.BatchNormalization(name="second")(layers.Conv2D(3, 3, activation="relu")(seen))
    made = keras.Model([photo], layers.Dense(1)(layers.Flatten()(seen)))
    photos = np.random.default_rng(5).integers(0, 256, (ROWS, 6, 6, 1)).astype(np.uint8)
    source = InMemory(named({"photo": photos}, np.zeros((ROWS, 1), np.float32), None), BATCH)
    of_parts = [in_front(made, {"photo": photos[part]}, training=True) for part in parts(ROWS, 60)]
    BatchStatistics(made, source, ROWS, 60).measure()
    for name in ("first", "second"):
        belongs(made, name, np.concatenate([given[name] for given in of_parts]))
    # And close to what it gets when it answers.
    belongs(made, "second", in_front(made, {"photo": photos})["second"], rtol=0.1, atol=0.02)


@pytest.mark.parametrize(
    ("rows", "at_once", "used", "sizes"),
    [(203, 8192, 203, {203}), (90_000, 8192, 4_096, {4_096}), (90_000, 2_000, 2_000, {2_000}), (90_000, 637, 1_000, {500}),
     (90_000, 32, 1_000, {31, 32}), (1, 5, 1, {1})],
)  # fmt: skip
def test_it_takes_about_a_thousand_rows_or_more_where_they_cost_little(
    rows: int, at_once: int, used: int, sizes: set[int]
):
    from core.worker.batch_statistics import parts

    found = parts(rows, at_once)
    chosen = np.concatenate(found)
    assert (len(chosen), len(set(chosen.tolist()))) == (used, used)
    assert {len(part) for part in found} == sizes
    assert all(np.array_equal(one, again) for one, again in zip(found, parts(rows, at_once), strict=True))
    if rows > used:  # from everywhere
        assert chosen.min() < rows / 100
        assert chosen.max() > rows * 0.99


def normal(spec: Spec) -> Spec:
    """The same question for a network that learns quickly while its batch normalizations remember slowly."""
    layers = (
        Layer("numbers", "input", fields={"source": "numbers"}),
        Layer("wide", "dense", ("numbers",), {"units": 32, "activation": "relu"}),
        Layer("first", "batch_normalization", ("wide",)),
        Layer("drop", "dropout", ("first",), {"rate": 0.2}),
        Layer("again", "dense", ("drop",), {"units": 16, "activation": "relu"}),
        Layer("second", "batch_normalization", ("again",)),
        Layer("answer", "output", ("second",)),
    )
    return replace(spec, graph=Graph(layers))


@pytest.mark.parametrize("ends", ["by itself", "by a stop"])
def test_all_that_a_run_leaves_holds_the_same(ask: Callable[..., Spec], ends: str):
    """Best weights, Keras model and ONNX model, and each layer remembers what it gets of the training rows."""
    import keras

    from core.worker import door, onnx_file

    spec = normal(ask("amount", epochs=6 if ends == "by itself" else 10_000, batch_size=8, patience=10_000))
    run = runs.create(spec)
    if ends == "by a stop":
        runs.request_stop(run)
    door.enter(run.folder)
    assert run.state().name == ("done" if ends == "by itself" else "stopped")
    prepared = prepare.prepare(spec.data, spec.goal)
    sides = {side: prepared.arrays(side) for side in ("train", "validation")}
    rows = {side: {name: np.asarray(array) for name, array in sides[side][0].items()} for side in sides}
    made = keras.saving.load_model(run.folder / "model.keras", compile=False)
    given = in_front(made, rows["train"])
    for name in ("first", "second"):
        belongs(made, name, given[name], rtol=1e-3, atol=1e-4)
    with np.load(run.folder / "best.weights.npz", allow_pickle=False) as kept:
        for number, array in enumerate(made.get_weights()):
            assert np.array_equal(array, kept[f"w{number}"])
    said = made.predict([rows["validation"][tensor.name] for tensor in made.inputs], verbose=0)
    other = onnx_file.predictor(run.folder / "model.onnx")(rows["validation"])
    np.testing.assert_allclose(other, said, rtol=1e-4, atol=1e-5)
    epochs = [event for event in run.events()[0] if event["kind"] == "epoch"]
    best = next(one for one in epochs if one["epoch"] == run.results()["best_epoch"])
    truth = np.asarray(sides["validation"][1])
    assert best["val_loss"] == pytest.approx(float(np.mean((said - truth) ** 2)), rel=1e-4)


def test_a_network_that_has_learned_is_not_judged_as_if_it_had_not(ask: Callable[..., Spec]):
    """Within a few epochs it beats the mean by far, which it did not while its running means lagged behind."""
    from core.worker import door

    run = runs.create(normal(ask("amount", epochs=12, batch_size=8, patience=10_000)))
    door.enter(run.folder)
    assert run.results()["metrics"]["test"]["r2"] > 0.8
