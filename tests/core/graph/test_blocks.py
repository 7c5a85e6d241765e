"""Blocks open into their layers, and chosen layers close into a block, without changing what the network is."""

from dataclasses import replace

import pytest

from core.errors import GraphError
from core.graph import Graph, Layer, measure, opened, wrapped
from core.layers import SHELF
from tests.core.graph.drawings import FACTS, drawing

BLOCKS = [kind for kind in SHELF if hasattr(SHELF[kind], "layers")]
EXAMPLES = [
    pytest.param(kind, example, id=f"{kind}-{number}")
    for kind in BLOCKS
    for number, example in enumerate(SHELF[kind].EXAMPLES)
]


def around(kind: str, example: dict) -> tuple[Graph, dict]:
    """A network whose only hidden layer is this one, and facts that give what the example says comes in."""
    names = [f"x{number}" for number in range(len(example["shapes"]))]
    inputs = {
        n: {"shape": list(s), "dtype": "float32"} for n, s in zip(names, example["shapes"], strict=True)
    }
    ends = [Layer("flat", "flatten", ("it",)), Layer("answer", "output", ("flat",))]
    middle = Layer("it", kind, tuple(names), example["fields"])
    graph = Graph((*(Layer(name, "input") for name in names), middle, *ends))
    return graph, {**FACTS, "inputs": inputs}


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_a_block_and_its_layers_are_measured_alike(kind: str, example: dict):
    graph, facts = around(kind, example)
    closed, flat = measure(graph, facts), opened(graph, facts)
    assert closed.ok, [str(error) for error in closed.errors]
    report = measure(flat, facts)
    assert report.ok, [str(error) for error in report.errors]
    assert report.weights == closed.weights
    assert report.layers[flat["flat"].inputs[0]].shape == closed.layers["it"].shape
    assert not [layer for layer in flat.layers if layer.kind in BLOCKS]
    assert all(layer.name.startswith("it_") for layer in flat.layers if layer.name not in graph)
    assert Graph.from_json(flat.to_json()) == flat


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_with_nothing_set_can_be_measured(kind: str):
    example = SHELF[kind].EXAMPLES[0]
    graph, facts = around(kind, {"fields": {}, "shapes": example["shapes"]})
    report = measure(graph, facts)
    assert report.ok, [str(error) for error in report.errors]
    assert None not in report.layers["it"].fields.values()


def test_names_and_links_are_those_of_the_block_and_its_parts():
    graph = drawing(
        "numbers: input", "d: dense_block < numbers", "d_dense: dense < d", "answer: output < d_dense"
    )
    flat = opened(graph, FACTS)
    assert [(layer.name, layer.inputs) for layer in flat.layers] == [
        ("numbers", ()), ("d_dense_2", ("numbers",)), ("d_norm", ("d_dense_2",)), ("d_bend", ("d_norm",)),
        ("d_dropout", ("d_bend",)), ("d_dense", ("d_dropout",)), ("answer", ("d_dense",)),
    ]  # fmt: skip


def test_only_the_block_that_was_asked_for_is_opened():
    graph = drawing("numbers: input", "a: dense_block < numbers", "b: dense_block < a", "answer: output < b")
    flat = opened(graph, FACTS, only="b")
    assert "a" in flat
    assert "b" not in flat
    assert flat["b_dense"].inputs == ("a",)


def test_a_name_that_would_be_too_long_is_shortened():
    long = "a" * 78
    graph = drawing("numbers: input", f"{long}: dense_block < numbers", f"answer: output < {long}")
    flat = opened(graph, FACTS)
    assert max(len(layer.name) for layer in flat.layers) <= 80
    assert Graph.from_json(flat.to_json()) == flat


@pytest.mark.parametrize(
    ("lines", "only"),
    [
        (("numbers: input", "t: transformer_encoder < numbers", "answer: output < t"), None),
        (("numbers: input", "h: dense < gone", "d: dense_block < h", "answer: output < d"), "d"),
        (("numbers: input", "h: dense < numbers", "answer: output < h"), "h"),
    ],
)
def test_what_cannot_be_opened_says_why(lines: tuple, only: str | None):
    with pytest.raises(GraphError) as caught:
        opened(drawing(*lines), FACTS, only)
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")


TWO_WAYS = drawing(
    "numbers: input", "categories: input", "codes: embedding < categories", "row: flatten < codes",
    "a: dense < numbers", "b: dense < a", "sum: add < a b", "all: concatenate < sum row", "answer: output < all",
)  # fmt: skip


@pytest.mark.parametrize(
    "names",
    [
        ["a"],
        ["a", "b", "sum"],
        ["codes", "row"],
        ["all"],
        ["a", "b", "sum", "codes", "row", "all"],
        ["b", "sum"],
    ],
)
def test_wrapping_and_opening_gives_the_same_network(names: list[str]):
    block = wrapped(TWO_WAYS, names, "My block")
    assert {layer.name for layer in block.layers} == {x.name for x in TWO_WAYS.layers} - set(names) | {
        "my_block"
    }
    before, closed = measure(TWO_WAYS, FACTS), measure(block, FACTS)
    assert closed.ok, [str(error) for error in closed.errors]
    assert closed.weights == before.weights
    flat = opened(block, FACTS)
    renamed = {name: f"my_block_{name}" for name in names}
    assert {(x.name, x.inputs) for x in flat.layers} == {
        (renamed.get(x.name, x.name), tuple(renamed.get(i, i) for i in x.inputs)) for x in TWO_WAYS.layers
    }


def test_blocks_can_be_wrapped_again():
    graph = TWO_WAYS
    for depth, names in enumerate((["a", "b"], ["block_1", "sum"], ["block_2", "all"]), start=1):
        if depth == 1:
            graph = drawing("numbers: input", "a: dense < numbers", "b: dense < a", "sum: add < b numbers",
                            "all: dense < sum", "answer: output < all", b={"units": 57})  # fmt: skip
        graph = wrapped(graph, names, f"Block {depth}")
    assert [layer.name for layer in graph.layers] == ["numbers", "block_3", "answer"]
    assert measure(graph, FACTS).ok
    assert "block_3_block_2_block_1_a" in opened(graph, FACTS)
    assert "block_3_block_2" in opened(graph, FACTS, only="block_3")


def test_the_block_stands_in_the_middle_of_its_layers():
    graph = TWO_WAYS.replace(replace(TWO_WAYS["a"], place=(0.0, 10.0)))
    graph = graph.replace(replace(graph["b"], place=(20.0, 30.0)))
    assert wrapped(graph, ["a", "b", "sum"], "蓝")["own_block"].place == (10.0, 20.0)


def test_layers_called_like_what_comes_in_get_another_name_inside():
    graph = drawing(
        "numbers: input", "in_1: dense < numbers", "in_1_part: dense < in_1", "answer: output < in_1_part"
    )
    block = wrapped(graph, ["in_1", "in_1_part"], "x")
    assert measure(block, FACTS).ok
    assert measure(block, FACTS).weights == measure(graph, FACTS).weights


@pytest.mark.parametrize(
    ("names", "title", "says"),
    [
        ([], "x", "No layer is chosen"),
        (["gone"], "x", "no layer “gone”"),
        (["numbers", "a"], "x", "an end of the network"),
        (["all", "answer"], "x", "an end of the network"),
        (["a", "b"], "x", "one answer"),
        (["a", "codes"], "x", "one answer"),
        (["a", "sum"], "x", "one answer"),
        (["sum"], "", "“Title”"),
        (["sum"], "x" * 61, "“Title”"),
    ],
)
def test_layers_that_cannot_be_one_block_are_refused(names: list[str], title: str, says: str):
    with pytest.raises(GraphError, match=says) as caught:
        wrapped(TWO_WAYS, names, title)
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")


def test_layers_in_a_ring_are_refused():
    ring = drawing("numbers: input", "a: add < numbers b", "b: dense < a", "answer: output < b")
    with pytest.raises(GraphError, match="ring"):
        wrapped(ring, ["a", "b"], "x")


def test_more_layers_than_a_block_holds_are_refused():
    chain = ["numbers: input", *(f"l{i}: dense < {f'l{i - 1}' if i else 'numbers'}" for i in range(201))]
    graph = drawing(*chain, "answer: output < l200")
    with pytest.raises(GraphError, match="more than 200 layers"):
        wrapped(graph, [f"l{i}" for i in range(201)], "x")
