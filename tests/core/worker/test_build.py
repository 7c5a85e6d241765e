"""A drawing becomes a Keras model with the same names, sizes and answers' form."""

import pytest

from core.errors import GraphError
from core.graph import Graph, measure, opened
from core.layers import GROUPS, SHELF
from core.templates import table_network
from tests.core.graph.drawings import FACTS, drawing, facts
from tests.core.worker.side_by_side import rows_for, side_by_side

pytestmark = pytest.mark.heavy


def test_inputs_are_called_by_what_they_read_in_the_order_of_the_data():
    from core.worker.build import build

    graph = drawing(
        "words: input", "codes: embedding < words", "row: flatten < codes", "plain: input",
        "all: concatenate < row plain", "answer: output < all",
        words={"source": "categories"}, plain={"source": "numbers"},
    )  # fmt: skip
    model = build(graph, FACTS)
    assert [tensor.name for tensor in model.inputs] == ["numbers", "categories"]
    assert [str(tensor.dtype) for tensor in model.inputs] == ["float32", "int32"]


@pytest.mark.parametrize(
    ("task", "units", "activation"),
    [("yes_no", 1, "sigmoid"), ("one_of_many", 7, "softmax"), ("amount", 1, "linear")],
)
def test_the_answer_follows_from_the_task(task: str, units: int, activation: str):
    from core.worker.build import build

    model = build(table_network.graph(facts(task=task), {}), facts(task=task))
    assert model.output_shape == (None, units)
    assert model.get_layer("answer").activation.__name__ == activation


def test_a_model_answers_rows_given_by_name():
    import numpy as np

    from core.worker.build import build

    model = build(table_network.graph(FACTS, {}), FACTS)
    rows = {"numbers": np.zeros((5, 57), np.float32), "categories": np.full((5, 16), 59, np.int32)}
    answers = model.predict(rows, verbose=0)
    assert answers.shape == (5, 1)
    assert answers.dtype == np.float32
    assert ((answers > 0) & (answers < 1)).all()


def test_a_model_that_is_taken_away_varies_no_pictures_however_it_is_called():
    import numpy as np

    from core.worker.build import answering, build

    graph = drawing(
        "numbers: input", "picture: reshape < numbers", "flip: random_flip < picture", "turn: random_rotation < flip",
        "look: conv_2d < turn", "around: conv_2d < picture", "both: add < look around", "scaled: batch_normalization < both",
        "row: flatten < scaled", "answer: output < row",
        picture={"target_shape": [19, 3, 1]}, look={"filters": 2}, around={"filters": 2}, turn={"factor": 0.5},
    )  # fmt: skip
    trained = build(graph, FACTS)
    trained.set_weights([np.random.default_rng(1).random(w.shape, np.float32) for w in trained.get_weights()])
    rows = np.random.default_rng(2).normal(size=(6, 57)).astype(np.float32)
    expected = trained.predict([rows], verbose=0)
    taken = answering(trained, graph, FACTS)
    assert not {layer.name for layer in taken.layers} & {"flip", "turn"}
    assert [tensor.name for tensor in taken.inputs] == ["numbers"]
    assert np.abs(taken.predict([rows], verbose=0) - expected).max() < 1e-6
    assert np.abs(np.asarray(taken([rows])) - expected).max() < 1e-5


def test_a_model_that_varies_nothing_is_taken_away_as_it_is():
    from core.worker.build import answering, build

    graph = drawing("numbers: input", "guard: dropout < numbers", "answer: output < guard")
    model = build(graph, FACTS)
    assert answering(model, graph, FACTS) is model


@pytest.mark.parametrize("kind", ["dense", "batch_normalization", "rms_normalization", "prelu", "lstm"])
def test_only_weights_that_multiply_are_pulled_towards_zero(kind: str):
    from core.worker.build import build
    from core.worker.objective import compile_model

    lines = (
        "numbers: input",
        "steps: reshape < numbers",
        f"it: {kind} < steps",
        "row: flatten < it",
        "answer: output < row",
    )
    model = build(drawing(*lines, steps={"target_shape": [19, 3]}), FACTS)
    compile_model(model, "yes_no", {"learning_rate": 0.1, "weight_decay": 0.1})
    pulled = {w.name for w in model.trainable_weights if model.optimizer._use_weight_decay(w)}
    assert pulled <= {"kernel", "recurrent_kernel"}
    assert "kernel" in pulled


def test_a_broken_drawing_is_refused_with_its_first_error():
    from core.worker.build import build

    with pytest.raises(GraphError, match="“Units” is 0") as caught:
        build(drawing("numbers: input", "h: dense < numbers", "answer: output < h", h={"units": 0}), FACTS)
    assert caught.value.layer == "h"


def kinds_of(group: str) -> list[str]:
    return [kind for kind in SHELF if group == SHELF[kind].GROUP and kind not in {"input", "output"}]


@pytest.mark.parametrize("group", [group for group in GROUPS if group != "ends"])
def test_every_kind_trains_a_step_and_is_measured_as_keras_does(group: str):
    import numpy as np

    from core.worker.build import build

    graph, facts = side_by_side(kinds_of(group))
    report = measure(graph, facts)
    assert report.ok, report.errors
    model = build(graph, facts)
    assert model.count_params() == report.weights
    flat = measure(opened(graph, facts), facts).layers
    # A layer without a name in the drawing is none that anybody asked for.
    assert {name: known.shape for name, known in flat.items()} == {
        layer.name: layer.output.shape[1:] for layer in model.layers
    }
    model.compile(
        "adamw", "sparse_categorical_crossentropy", run_eagerly=True
    )  # compiling so many takes minutes
    loss = model.fit(rows_for(facts, 8), np.ones(8, np.int32), verbose=0).history["loss"]
    assert np.isfinite(loss).all()


def test_layers_of_a_block_are_called_by_the_block_and_its_parts():
    from core.worker.build import build

    model = build(drawing("numbers: input", "d: dense_block < numbers", "answer: output < d"), FACTS)
    assert [layer.name for layer in model.layers] == [
        "numbers",
        "d_dense",
        "d_norm",
        "d_bend",
        "d_dropout",
        "answer",
    ]


def test_an_error_inside_a_block_is_told_on_the_block():
    from core.worker.build import build

    broken = drawing("numbers: input", "t: transformer_encoder < numbers", "answer: output < t")
    with pytest.raises(GraphError, match="“t”: it needs steps") as caught:
        build(broken, FACTS)
    assert caught.value.layer == "t"


def test_a_drawing_from_plain_data_builds_the_same_model():
    from core.worker.build import build

    graph = table_network.graph(FACTS, {})
    again = Graph.from_json(graph.to_json())
    assert build(again, FACTS).count_params() == build(graph, FACTS).count_params()
