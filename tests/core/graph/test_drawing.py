"""A drawing becomes plain data and comes back; what is no drawing is refused."""

import pytest

from core.errors import GraphError
from core.graph import Graph, Layer

GOOD = {"version": 1, "layers": [{"name": "a", "kind": "input", "inputs": [], "fields": {}, "place": [1, 2]}]}


def with_layer(**changes) -> dict:
    return {**GOOD, "layers": [{**GOOD["layers"][0], **changes}]}


def test_a_drawing_comes_back_from_plain_data():
    graph = Graph((Layer("a", "input", (), {"source": "numbers"}, (1.0, 2.5)), Layer("b", "output", ("a",))))
    assert Graph.from_json(graph.to_json()) == graph
    assert "b" in graph
    assert "c" not in graph
    assert graph["b"].inputs == ("a",)


@pytest.mark.parametrize(
    "data",
    [
        None, [], "graph", 7, {}, {"version": 2, "layers": []}, {"version": 1}, {"version": 1, "layers": 3},
        {"version": 1, "layers": ["a"]}, {"version": 1, "layers": [[]]}, {"version": 1, "layers": [None]},
        {"version": 1, "layers": [GOOD["layers"][0]] * 2_001},
        with_layer(name="not a name"), with_layer(name=""), with_layer(name=3), with_layer(name="a" * 81),
        with_layer(name="层"), with_layer(name="a/b"), with_layer(kind=3), with_layer(kind=None),
        with_layer(fields=[]), with_layer(fields=None), with_layer(fields={"units": float("nan")}),
        with_layer(fields={3: 1}), with_layer(inputs="a"), with_layer(inputs=[1]), with_layer(inputs=None),
        with_layer(place=[1]), with_layer(place="ab"), with_layer(place={"x": 1}), with_layer(place=[None, 1]),
        with_layer(place=[float("inf"), 1]), with_layer(place=3),
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused_in_two_sentences(data):
    with pytest.raises(GraphError) as caught:
        Graph.from_json(data)
    assert str(caught.value.what).startswith("This is not a drawing")
    assert str(caught.value.fix).endswith(".")
