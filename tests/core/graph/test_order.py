"""Layers come after those that feed them, and rings are named."""

import pytest

from core.errors import GraphError
from core.graph import order
from tests.core.graph.drawings import drawing


def names(graph) -> list[str]:
    return [layer.name for layer in order(graph)]


def test_layers_come_after_those_that_feed_them():
    graph = drawing("answer: output < both", "both: add < a b", "b: dense < x", "a: dense < x", "x: input")
    assert names(graph) == ["x", "b", "a", "both", "answer"]


def test_an_ordered_drawing_stays_as_it_was_drawn():
    graph = drawing("x: input", "y: input", "a: dense < y", "b: dense < x", "c: add < b a")
    assert names(graph) == ["x", "y", "a", "b", "c"]


def test_one_layer_may_feed_another_twice():
    assert names(drawing("x: input", "twice: multiply < x x")) == ["x", "twice"]


def test_links_from_nowhere_are_passed_over():
    assert names(drawing("a: dense < ghost")) == ["a"]


@pytest.mark.parametrize(
    ("graph", "ring"),
    [
        (drawing("a: dense < a"), "a → a"),
        (drawing("a: dense < b", "b: dense < a"), "a → b → a"),
        (
            drawing("x: input", "z: dense < b", "a: add < x c", "b: dense < a", "c: dense < b"),
            "b → c → a → b",
        ),
        (drawing(*(f"l{i}: dense < l{(i - 1) % 20}" for i in range(20))), "l0 → l1 → l2"),
    ],
)
def test_a_ring_is_named_in_the_direction_of_its_links(graph, ring: str):
    with pytest.raises(GraphError, match=ring) as caught:
        order(graph)
    assert "ring" in str(caught.value.what)


def test_a_long_ring_is_shortened_in_the_sentence():
    with pytest.raises(GraphError) as caught:
        order(drawing(*(f"l{i}: dense < l{(i - 1) % 900}" for i in range(900))))
    assert len(str(caught.value)) < 200
