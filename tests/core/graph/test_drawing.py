"""A drawing becomes plain data and comes back; what is no drawing is refused."""

from time import perf_counter

import pytest

from core.errors import GraphError
from core.graph import Graph, Layer, measure
from tests.core.graph.drawings import FACTS

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
        with_layer(place=[float("inf"), 1]), with_layer(place=3), with_layer(place=["1", "2"]),
        with_layer(place=[1e300, 1]), with_layer(place=[True, 1]), with_layer(place=[float("nan"), 1]),
        {**GOOD, "version": "1"}, {**GOOD, "version": True}, {**GOOD, "version": None}, {**GOOD, "version": 10**5000},
        {**GOOD, "layers": {"a": 1}}, {**GOOD, "layers": "abc"}, {**GOOD, "layers": None},
        with_layer(kind="k" * 81), with_layer(inputs=["a" * 81]), with_layer(inputs=["a"] * 20_001),
        with_layer(fields={"units": 10**5000}), with_layer(fields={"units": 2**60}),
        with_layer(fields={"units": float("inf")}), with_layer(fields={"deep": [{"deeper": float("nan")}]}),
        with_layer(fields={"units": {1, 2}}), with_layer(fields={"units": b"1"}), with_layer(fields={"a": {3: 1}}),
        with_layer(fields={"long": "x" * 10_000_000}), with_layer(fields={"x" * 10_000_000: 1}),
        with_layer(fields={"many": [0] * 1_000_000}), with_layer(fields={"many": [[0] * 1_000] * 1_000}),
        {**GOOD, "layers": [GOOD["layers"][0]] * 100_000},
        {**GOOD, "layers": [{**GOOD["layers"][0], "fields": {"long": "x" * 10_000}}] * 300},
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused_in_two_sentences(data):
    with pytest.raises(GraphError) as caught:
        Graph.from_json(data)
    assert len(str(caught.value)) < 300
    assert str(caught.value.what).startswith("This is not a drawing")
    assert str(caught.value.fix).endswith(".")


@pytest.mark.parametrize("deep", [30, 100_000])
def test_settings_that_lie_too_deep_are_refused(deep: int):
    fields: dict = {}
    for _ in range(deep):
        fields = {"in": [fields]}
    with pytest.raises(GraphError, match="hold too much"):
        Graph.from_json(with_layer(fields=fields))
    while fields:  # taken apart by hand: Python would go too deep to forget it
        fields = fields.pop("in").pop()


def test_what_from_json_lets_through_is_measured_quickly_and_said_in_words():
    """The largest files: all layers faulty, in every way that offers changes."""
    kinds = ["dense", "add", "sparkle", "output", "embedding", "input", "subtract", "Dense1"]
    layers = [
        {"name": f"l{i}" if i % 7 else "twice", "kind": kinds[i % 8],
         "inputs": [f"l{(i * 7 + j * 13) % 2_000}" for j in range(i % 10)], "fields": {"units": "many"} if i % 3 else {}}
        for i in range(2_000)
    ]  # fmt: skip
    begin = perf_counter()
    report = measure(Graph.from_json({"version": 1, "layers": layers}), FACTS)
    assert not report.ok
    assert perf_counter() - begin < 5
    assert all(str(error.what).endswith(".") and str(error.fix).endswith(".") for error in report.errors)
    assert all(str(mend.label) for error in report.errors for mend in error.mends)


def test_a_row_of_layers_that_each_miss_a_link_is_measured_quickly():
    layers = [
        {"name": f"l{i}", "kind": "add", "inputs": [f"l{i - 1}"] if i else [], "fields": {}}
        for i in range(2_000)
    ]
    begin = perf_counter()
    assert not measure(Graph.from_json({"version": 1, "layers": layers}), FACTS).ok
    assert perf_counter() - begin < 5
