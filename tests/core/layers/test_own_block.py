"""What a block of the user's own refuses, wherever its layers come from."""

import pytest

from core.errors import GraphError, SettingError
from core.graph import measure
from core.graph.drawing import Graph, Layer
from core.layers import SHELF
from tests.core.graph.drawings import FACTS

PARTS = SHELF["own_block"].FIELDS["parts"]


def part(name: str = "a", kind: str = "dense", inputs: tuple = ("in_1",), **fields: object) -> dict:
    return {"name": name, "kind": kind, "inputs": list(inputs), "fields": fields}


def nested(depth: int) -> list:
    inside = [part()]
    for _ in range(depth - 1):
        inside = [part("b", "own_block", parts=inside)]
    return inside


def endless() -> list:
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    return deep


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ("parts", "no list"), ([], "no list"), ({"a": 1}, "no list"), ([1], "not given as"),
        ([{**part(), "evil": 1}], "not given as"),
        ([part("import os")], "called “import os”"), ([part("é")], "called"), ([part("a" * 81)], "called"),
        ([part(kind="no_such")], "“no_such”"), ([part(kind="input", inputs=("in_1",))], "“input”"),
        ([part(kind="output")], "“output”"), ([part(kind=["dense"])], "of the kind"),
        ([part(inputs=())], "nothing feeds"), ([part(inputs=(3,))], "nothing feeds"),
        ([part(inputs=("a",))], "does not come before"), ([part(inputs=("b",)), part("b")], "does not come before"),
        ([part(inputs=("in_0",))], "does not come before"), ([part(inputs=("in_17",))], "more than 16"),
        ([part(inputs=("in_" + "9" * 5_000,))], "more than 16"), ([part(inputs=("in_2",))], "number 1"),
        ([part(inputs=("in_1", "in_2"))], "fed by 2"), ([part(), part()], "two of its layers"),
        ([part("in_1")], "two of its layers"), ([part(), part("b")], "“a” leads nowhere"),
        ([{**part(), "fields": []}], "settings"), ([{**part(), "fields": {"x": float("nan")}}], "settings"),
        ([{**part(), "fields": {"x": endless()}}], "settings"), ([{**part(), "fields": {"x": "y" * 300_000}}], "settings"),
        ([{**part(), "fields": {1: 2}}], "settings"), ([part()] * 201, "more than 200"), (nested(6), "deep"),
    ],
)  # fmt: skip
def test_layers_of_a_wrong_form_are_refused_in_two_sentences(parts: object, says: str):
    with pytest.raises(SettingError, match=says) as caught:
        PARTS.check(parts)
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")


def test_layers_inside_blocks_count_too():
    many = [part(f"l{i}", inputs=(f"l{i - 1}" if i else "in_1",)) for i in range(150)]
    twice = [part("x", "own_block", parts=many), part("y", "own_block", inputs=("x",), parts=many)]
    with pytest.raises(SettingError, match="more than 200"):
        PARTS.check(twice)


def test_blocks_five_deep_are_allowed_and_measured():
    graph = Graph((
        Layer("numbers", "input"), Layer("b", "own_block", ("numbers",), {"parts": nested(5)}),
        Layer("answer", "output", ("b",)),
    ))  # fmt: skip
    assert measure(graph, FACTS).ok


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ([part(units=0)], "“Units” is 0"),
        ([part(evil="yes")], "no setting called “evil”"),
        ([part(kind="embedding")], "codes of categories"),
        ([part(kind="add", inputs=("in_1", "in_2"))], "exactly 2 layers"),
    ],
)
def test_settings_that_do_not_fit_are_told_on_the_block(parts: list, says: str):
    layers = (Layer("numbers", "input"), Layer("b", "own_block", ("numbers",), {"parts": parts}))
    report = measure(Graph((*layers, Layer("answer", "output", ("b",)))), FACTS)
    assert says in str(report.layers["b"].error)


def test_a_drawing_of_endless_depth_is_refused_in_two_sentences():
    layer = {"name": "b", "kind": "own_block", "inputs": [], "fields": {"parts": endless()}}
    with pytest.raises(GraphError, match="not a drawing"):
        Graph.from_json({"version": 1, "layers": [layer]})
