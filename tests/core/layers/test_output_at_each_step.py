"""Where a question asks for an answer at each step, the output gives one, by the same weights at all of them."""

import pytest

from core.errors import GraphError
from core.graph import Graph, Layer, measure

FACTS = {
    "inputs": {"tokens": {"shape": [12], "dtype": "int32", "vocabulary": 30}},
    "output": {"units": 30, "activation": "softmax", "steps": 12},
}


def drawing(*between: Layer) -> Graph:
    first = (
        Layer("tokens", "input", fields={"source": "tokens"}),
        Layer("letters", "embedding", ("tokens",), {"output_dim": 8}),
    )
    layers = (*first, *between)
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


def test_an_answer_for_each_step_is_measured_with_one_set_of_weights():
    report = measure(drawing(Layer("back", "transformer_decoder", ("letters",), {"num_heads": 2})), FACTS)
    assert report.ok
    assert report.layers["answer"].shape == (12, 30)
    assert report.layers["answer"].weights == (8 + 1) * 30


@pytest.mark.parametrize(
    "between",
    [Layer("row", "flatten", ("letters",)), Layer("few", "max_pooling_1d", ("letters",), {"pool_size": 2})],
)
def test_what_has_lost_its_steps_cannot_answer_at_each_of_them(between: Layer):
    errors = measure(drawing(between), FACTS).errors
    assert [error.layer for error in errors] == ["answer"]
    assert isinstance(errors[0], GraphError)
    assert "12 steps" in str(errors[0])


@pytest.mark.heavy
def test_keras_builds_what_was_measured():
    from core.worker.build import build

    graph = drawing(Layer("back", "transformer_decoder", ("letters",), {"num_heads": 2}))
    model = build(graph, FACTS)
    assert model.output_shape == (None, 12, 30)
    assert model.count_params() == measure(graph, FACTS).weights
