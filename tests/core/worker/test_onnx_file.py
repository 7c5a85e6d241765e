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
    expected = by_keras(model, rows)
    for name, large_from in (("small", onnx_file.LARGE_FROM), ("large", 1)):
        path = tmp_path / f"{name}.onnx"
        onnx_file.write(model, path, large_from=large_from)
        assert onnx_file.check(path, rows, expected) < 1e-5


def operations(path: Path) -> list[str]:
    """What the network does when ONNX Runtime has made it as simple as it can."""
    import onnx
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(path.with_suffix(".simple"))
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return sorted(node.op_type for node in onnx.load(path.with_suffix(".simple")).graph.node)


def steps(*layers):
    import keras

    given = keras.Input((8, 6))
    hidden = given
    for layer in layers:
        hidden = layer(hidden)
    return keras.Model([given], hidden)


@pytest.mark.parametrize("kind", ["conv", "lstm", "attention"])
def test_weights_that_skip_the_conversion_give_an_equal_file(tmp_path: Path, kind: str):
    import keras
    from keras import layers

    from core.worker import onnx_file

    keras.utils.set_random_seed(3)
    model = {
        "conv": lambda: steps(
            layers.Conv1D(9, 3), layers.Conv1DTranspose(5, 3), layers.SeparableConv1D(4, 3)
        ),
        "lstm": lambda: steps(layers.LSTM(7, return_sequences=True), layers.LSTM(5, use_bias=False)),
        "attention": lambda: steps(layers.Dense(6), layers.LayerNormalization(), layers.Dense(3)),
    }[kind]()
    # Zeros and ones would be left out where they are constants.
    for weight in model.weights:
        weight.assign(np.random.default_rng(1).uniform(0.1, 0.2, weight.shape))
    sizes, kinds = [], []
    for name, large_from in (("small", 10**9), ("large", 1)):
        path = tmp_path / f"{name}.onnx"
        onnx_file.write(model, path, large_from=large_from)
        kinds.append(operations(path))
        sizes.append(path.stat().st_size)
    assert kinds[0] == kinds[1]
    assert abs(sizes[0] - sizes[1]) < 3_000


def test_of_a_network_that_is_too_large_for_one_file_the_weights_lie_beside_it(tmp_path: Path):
    from core.errors import ExportError
    from core.worker import onnx_file
    from core.worker.finish import by_keras

    path, beside = tmp_path / "model.onnx", tmp_path / "model.onnx.data"
    for _ in range(2):  # written anew, it does not grow
        model = model_of_size(200)
        inputs = {"given": np.ones((3, 200), np.float32)}
        onnx_file.write(model, path, in_one_file=20_000)
        assert path.stat().st_size < 20_000
        assert beside.stat().st_size == pytest.approx(4 * model.count_params(), rel=0.1)
        assert onnx_file.check(path, inputs, by_keras(model, inputs)) < 1e-5
    with pytest.raises(ExportError):
        onnx_file.check(path, inputs, np.zeros((3, 1), np.float32))
    assert list(tmp_path.iterdir()) == []


def model_of_size(units: int):
    import keras

    given = keras.Input((units,), name="given")
    return keras.Model([given], keras.layers.Dense(1)(keras.layers.Dense(units, activation="relu")(given)))


def test_writing_takes_a_small_multiple_of_the_weights(tmp_path: Path):
    import keras

    from core.worker import onnx_file

    def peak(name: str) -> int:
        lines = Path("/proc/self/status").read_text().splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(name))

    onnx_file.write(model_of_size(8), tmp_path / "first.onnx")  # loads what it needs
    keras.backend.clear_session()
    model = model_of_size(2_000)
    Path("/proc/self/clear_refs").write_text("5")
    before = peak("VmRSS")
    onnx_file.write(model, tmp_path / "model.onnx")
    assert peak("VmHWM") - before < 30 * model.count_params()
