"""Models that Keras saved are read from their description alone, and built again with the same layers and weights."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.architecture import Imported, read
from core.errors import GraphError
from core.graph import measure
from tests.core.graph.drawings import facts
from tests.core.script.test_script import EXAMPLES, example

pytestmark = pytest.mark.heavy


def parts(**shapes: Any) -> dict[str, Any]:
    """Facts with inputs of these shapes; a whole number behind the shape says how many codes there are."""
    inputs = {}
    for name, shape in shapes.items():
        codes = shape[-1] if isinstance(shape[0], tuple) else 0
        entry = {"dtype": "int32", "vocabulary": codes} if codes else {"dtype": "float32"}
        inputs[name] = {"shape": list(shape[0] if codes else shape), **entry}
    return {**facts("numbers"), "inputs": inputs}


def mlp(keras: Any) -> Any:
    return keras.Sequential([
        keras.Input((57,)), keras.layers.Dense(64, activation="gelu", kernel_initializer="he_normal"),
        keras.layers.BatchNormalization(momentum=0.9), keras.layers.Dropout(0.3), keras.layers.Dense(32),
        keras.layers.LayerNormalization(), keras.layers.ReLU(), keras.layers.LeakyReLU(0.1),
        keras.layers.Dense(1, activation="sigmoid"),
    ])  # fmt: skip


def cnn(keras: Any) -> Any:
    return keras.Sequential([
        keras.Input((28, 28, 1)), keras.layers.RandomFlip("horizontal"), keras.layers.Rescaling(1 / 255),
        keras.layers.Conv2D(8, 3, activation="relu", padding="same"), keras.layers.MaxPooling2D(),
        keras.layers.SeparableConv2D(16, (3, 5), strides=2), keras.layers.AveragePooling2D(2, strides=1),
        keras.layers.ZeroPadding2D(((1, 2), (3, 4))), keras.layers.Conv2DTranspose(4, 2, strides=2),
        keras.layers.SpatialDropout2D(0.1), keras.layers.UpSampling2D(2), keras.layers.PReLU(shared_axes=[1, 2]),
        keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(1), keras.layers.Activation("sigmoid"),
    ])  # fmt: skip


def recurrent(keras: Any) -> Any:
    return keras.Sequential([
        keras.Input((12, 4)), keras.layers.Conv1D(6, 3, padding="causal"),
        keras.layers.Bidirectional(keras.layers.LSTM(5, return_sequences=True, dropout=0.1)),
        keras.layers.TimeDistributed(keras.layers.Dense(3, activation="tanh")),
        keras.layers.GRU(4, return_sequences=True), keras.layers.SimpleRNN(3),
        keras.layers.Dense(1, activation="sigmoid"),
    ])  # fmt: skip


def transformer(keras: Any) -> Any:
    from core.worker.own import own_class

    words = keras.Input((10,), dtype="int32", name="words")
    x = keras.layers.Embedding(50, 8)(words)
    x = own_class("PositionEmbedding")()(x)
    looked = keras.layers.MultiHeadAttention(2, 4, dropout=0.1)(x, x, use_causal_mask=True)
    x = keras.layers.LayerNormalization(epsilon=1e-6)(x + looked)
    wide = keras.layers.Dense(8)(keras.layers.Dense(32, activation="silu")(x))
    x = keras.layers.LayerNormalization(epsilon=1e-6)(keras.layers.Add()([x, wide]))
    other = keras.layers.MultiHeadAttention(2, 4)(query=x, value=looked, key=wide)
    x = keras.layers.GlobalAveragePooling1D()(other)
    return keras.Model(words, keras.layers.Dense(1, activation="sigmoid")(x))


def two_inputs(keras: Any) -> Any:
    numbers, words = keras.Input((7,), name="first"), keras.Input((3,), dtype="int32", name="second")
    row = keras.layers.Flatten()(keras.layers.Embedding(9, 2)(words))
    both = keras.layers.Concatenate()([numbers, row])
    hidden = keras.layers.Dense(13, activation="relu")(both)
    hidden = keras.layers.Add()([hidden, both])
    return keras.Model([numbers, words], keras.layers.Dense(1, activation="sigmoid")(hidden))


def nested(keras: Any) -> Any:
    inside = keras.Sequential(
        [keras.Input((9,)), keras.layers.Dense(5), keras.layers.Dense(4)], name="inside"
    )
    start, side = keras.Input((9,)), keras.Input((4,))
    wrapped = keras.Model([start, side], keras.layers.Add()([inside(start), side]), name="wrapped")
    a, b = keras.Input((9,), name="a"), keras.Input((4,), name="b")
    return keras.Model([a, b], keras.layers.Dense(1, activation="sigmoid")(wrapped([a, b])))


# Layers whose class is another one of Keras's own here: they calculate the same.
SAME = {"ReLU": "Activation", "Identity": "Activation"}
CASES: list[tuple[Callable[[Any], Any], dict[str, Any]]] = [
    (mlp, parts(numbers=(57,))),
    (cnn, parts(picture=(28, 28, 1))),
    (recurrent, parts(steps=(12, 4))),
    (transformer, parts(words=((10,), 50))),
    (two_inputs, parts(second=((3,), 9), first=(7,))),
    (nested, parts(a=(9,), b=(4,))),
]


@pytest.mark.parametrize("form", ["keras", "json"])
@pytest.mark.parametrize(("make", "known"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_a_model_becomes_a_drawing_with_the_same_layers_and_weights(
    make: Callable[[Any], Any], known: dict[str, Any], form: str, tmp_path: Path
):
    import keras

    from core.worker.build import build

    model = make(keras)
    file = tmp_path / f"model.{form}"
    file.write_text(model.to_json(), encoding="utf-8") if form == "json" else model.save(file)
    imported = read(file.name, file, known)
    assert [str(note) for note in imported.notes if "called differently" not in str(note)] == []
    report = measure(imported.graph, known)
    assert report.ok, report.errors
    built = build(imported.graph, known)
    assert classes(built) == classes(model)
    assert built.count_params() == model.count_params() == report.weights


@pytest.mark.parametrize(("kind", "number"), EXAMPLES)
def test_every_kind_comes_back_from_keras_as_it_was(kind: str, number: int):
    from core.worker.build import build

    graph, known = example(kind, number)
    model = build(graph, known)
    imported = read("model.json", model.to_json().encode(), known)
    assert [str(note) for note in imported.notes] == []
    again = build(imported.graph, known)
    assert [(layer.name, config(layer)) for layer in again.layers] == [
        (layer.name, config(layer)) for layer in model.layers
    ]


def config(layer: Any) -> Any:
    """All that Keras would save of it."""
    return {**layer.get_config(), "class": type(layer).__name__, "seed": None}


def classes(model: Any) -> Counter[str]:
    """How often each class is in the model, models inside it laid open."""
    found: Counter[str] = Counter()
    # Sums that were written with `+` are operations, but no layers.
    for layer in getattr(model, "operations", None) or model.layers:
        if hasattr(layer, "layers"):
            found += classes(layer)
        elif type(layer).__name__ != "InputLayer":
            found[SAME.get(type(layer).__name__, type(layer).__name__)] += 1
    # A bend behind the last layer becomes the bend of the output.
    if type(model.layers[-1]).__name__ == "Activation":
        found["Activation"] -= 1
    return +found


def of(*layers: Any, known: dict[str, Any] | None = None, shape: tuple[int, ...] = (57,)) -> Imported:
    import keras

    model = keras.Sequential([keras.Input(shape), *layers])
    return read("model.json", model.to_json().encode(), known or parts(numbers=shape))


def test_what_has_no_place_here_is_noted():
    import keras

    dense = keras.layers.Dense(4, kernel_regularizer="l2", bias_initializer="ones", activation="relu")
    pool = keras.layers.GlobalAveragePooling1D(keepdims=True)
    notes = [str(note) for note in of(dense, pool, keras.layers.Flatten(), shape=(5, 3)).notes]
    assert [note.split(" of layer")[0] for note in notes if " of layer" in note] == [
        "“bias_initializer” = Ones", "“kernel_regularizer” = L2", "“keepdims” = True",
    ]  # fmt: skip


def test_an_output_is_added_where_the_last_layer_does_not_answer_the_question():
    import keras

    imported = of(keras.layers.Dense(10, activation="relu", name="ten"))
    assert imported.graph["answer"].inputs == ("ten",)
    assert "added behind “ten”" in str(imported.notes[-1])


def test_an_answer_to_another_question_becomes_the_output():
    import keras

    for layers in (
        [keras.layers.Dense(2, activation="softmax", name="two")],
        [keras.layers.Dense(2, name="two"), keras.layers.Softmax(name="shares")],
    ):
        imported = of(keras.layers.Dense(8, activation="relu", name="hidden"), *layers)
        assert [layer.kind for layer in imported.graph.layers] == ["input", "dense", "output"]
        assert imported.graph["two"].inputs == ("hidden",)
        assert "The last layer gave 2; what you want to know needs 1 number." in map(str, imported.notes)
        assert measure(imported.graph, parts(numbers=(57,))).ok


@pytest.mark.parametrize(
    ("task", "bend", "noted"), [("yes_no", "sigmoid", 0), ("yes_no", "linear", 1), ("amount", "linear", 0)]
)
def test_the_last_bend_follows_from_the_question(task: str, bend: str, noted: int):
    import keras

    known = {**parts(numbers=(57,)), **{k: v for k, v in facts(task=task).items() if k in ("task", "output")}}
    imported = of(keras.layers.Dense(1, activation=bend, name="last"), known=known)
    assert imported.graph["last"].kind == "output"
    assert sum("last bend" in str(note) for note in imported.notes) == noted


def test_inputs_of_another_size_read_what_there_is():
    import keras

    imported = of(keras.layers.Dense(1, activation="sigmoid"), known=parts(numbers=(19,)), shape=(784,))
    assert "took 784 in the file; here it reads “numbers”, which is 19" in str(imported.notes[0])
    assert measure(imported.graph, parts(numbers=(19,))).ok


@pytest.mark.filterwarnings("ignore:The object being serialized includes a `lambda`")
def test_layers_that_there_are_not_are_named_all_at_once():
    import keras

    @keras.saving.register_keras_serializable(package="theirs")
    class Mine(keras.layers.Layer):
        def call(self, inputs):
            return inputs

    shared = keras.layers.Dense(3, name="twice")
    rows = keras.Input((3,))
    x = keras.layers.Lambda(lambda x: x, name="code")(Mine(name="custom")(shared(shared(rows))))
    x = keras.layers.Dense(2, activation=lambda x: x * 2, name="bent")(x) * 2.0
    x = keras.layers.Bidirectional(keras.layers.ConvLSTM1D(2, 1), name="wrapped")(
        keras.layers.Reshape((1, 1, 2))(x)
    )
    model = keras.Model(rows, x)
    with pytest.raises(GraphError) as caught:
        read("model.json", model.to_json().encode(), parts(numbers=(3,)))
    for name in ("twice", "code", "custom", "bent", "wrapped", "multiply"):
        assert f"“{name}" in str(caught.value.what)


def test_a_setting_outside_our_limits_is_shown_on_its_layer():
    import keras

    imported = of(keras.layers.Dense(70_000, name="wide"), keras.layers.Dense(1, activation="sigmoid"))
    error = measure(imported.graph, parts(numbers=(57,))).layers["wide"].error
    assert "70000" in str(error)
