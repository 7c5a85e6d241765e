"""A drawing becomes a Keras model with the same names, sizes and answers' form."""

import pytest

from core.errors import GraphError
from core.graph import Graph, measure
from core.layers import SHELF
from core.templates import table_network
from tests.core.graph.drawings import FACTS, drawing, facts

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


def test_a_broken_drawing_is_refused_with_its_first_error():
    from core.worker.build import build

    with pytest.raises(GraphError, match="“Units” is 0") as caught:
        build(drawing("numbers: input", "h: dense < numbers", "answer: output < h", h={"units": 0}), FACTS)
    assert caught.value.layer == "h"


def test_every_kind_together_trains_a_step_and_is_measured_as_keras_does():
    """One long drawing with every kind that keeps a row's width, and the others around it."""
    import numpy as np

    from core.worker.build import build

    keep = [k for k in SHELF if SHELF[k].INPUTS == (1, 1) and SHELF[k].GROUP in
            {"activation", "guarding", "scaling"}]  # fmt: skip
    chain = [f"c{i}: {kind} < {f'c{i - 1}' if i else 'start'}" for i, kind in enumerate(keep)]
    end = f"c{len(keep) - 1}"
    graph = drawing(
        "numbers: input", "categories: input", "start: dense < numbers", *chain,
        f"added: add < start {end}", f"times: multiply < added {end}", f"less: subtract < times {end}",
        f"mean: average < less {end}", f"most: maximum < mean {end}",
        "codes: embedding < categories", "steps: repeat_vector < most", "folded: reshape < codes",
        "both: concatenate < steps folded", "low: global_average_pooling_1d < both",
        "high: global_max_pooling_1d < both", "flat: flatten < both", "all: concatenate < low high flat",
        "answer: output < all",
        folded={"target_shape": [-1, 64]}, both={"axis": 1},
    )  # fmt: skip
    assert {layer.kind for layer in graph.layers} == set(SHELF)
    report = measure(graph, FACTS)
    assert report.ok, report.errors
    model = build(graph, FACTS)
    assert model.count_params() == report.weights
    assert {n: r.shape for n, r in report.layers.items()} == {
        layer.name: layer.output.shape[1:] for layer in model.layers
    }
    model.compile("adamw", "binary_crossentropy")
    rows = {"numbers": np.ones((8, 57), np.float32), "categories": np.zeros((8, 16), np.int32)}
    loss = model.fit(rows, np.ones((8, 1), np.float32), verbose=0).history["loss"]
    assert np.isfinite(loss).all()


def test_a_drawing_from_plain_data_builds_the_same_model():
    from core.worker.build import build

    graph = table_network.graph(FACTS, {})
    again = Graph.from_json(graph.to_json())
    assert build(again, FACTS).count_params() == build(graph, FACTS).count_params()
