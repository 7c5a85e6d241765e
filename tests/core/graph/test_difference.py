"""What changed between two drawings, in words."""

from dataclasses import replace

import pytest

from core.graph import Graph, Layer, difference
from tests.core.graph.drawings import deep, drawing
from tests.core.graph.test_measure import changed


def told(old: Graph, new: Graph) -> list[str]:
    return [str(sentence) for sentence in difference(old, new)]


def renamed(graph: Graph, **names: str) -> Graph:
    return Graph(
        tuple(
            replace(layer, name=names.get(layer.name, layer.name), inputs=tuple(names.get(i, i) for i in layer.inputs))
            for layer in graph.layers
        )
    )  # fmt: skip


TWO = drawing("x: input", "a: dense < x", "b: dense < x", "c: add < a b", a={"units": 1}, b={"units": 2})


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (changed(), changed(), []),
        (Graph(()), Graph(()), []),
        (changed(), Graph(tuple(reversed(changed().layers))), []),
        (changed(), changed().replace(replace(changed()["row"], place=(3.0, 4.0))), []),
        (changed(), changed(hidden={"units": 32}), ["“hidden”: “Units” is 32 instead of automatic."]),
        (changed(hidden={"units": 2_000}), changed(hidden={"units": 64}),
         ["“hidden”: “Units” is 64 instead of 2,000."]),
        (changed(hidden={"activation": "gelu"}), changed(), ["“hidden”: “Bend” is ReLU instead of GELU."]),
        (changed(hidden={"activation": "relu"}), changed(), []),
        (changed(hidden={"use_bias": False}), changed(),
         ["“hidden”: “Own starting value” is on instead of off."]),
        (changed("row: reshape < codes", row={"target_shape": [8, 16]}),
         changed("row: reshape < codes", row={"target_shape": [16, 8]}),
         ["“row”: “New form” is 16 × 8 instead of 8 × 16."]),
        (changed(hidden={"strange": 1}), changed(hidden={"strange": {"deep": 1}}),
         ["“hidden”: “strange” has changed."]),
        (changed(hidden={"strange": 1}), changed(), ["“hidden”: “strange” is not set instead of 1."]),
        (changed(), changed("hidden: dropout < all"), ["“hidden” is Dropout instead of Dense."]),
        (changed("hidden: sparkle < all"), changed(), ["“hidden” is Dense instead of sparkle."]),
        (changed(), changed("more: dropout < hidden", "answer: output < more"),
         ["New: “more” (Dropout).", "“more” feeds “answer”.", "“hidden” no longer feeds “answer”."]),
        (changed("more: dropout < hidden", "answer: output < more"), changed(),
         ["Removed: “more” (Dropout).", "“hidden” feeds “answer”."]),
        (changed(), changed("answer: output < all"), ["“all” feeds “answer”.", "“hidden” no longer feeds “answer”."]),
        (changed(), changed("all: concatenate < row numbers"), ["“all” is fed in another order: “row”, “numbers”."]),
        (changed(), renamed(changed(), hidden="deep"), ["“hidden” is called “deep” now."]),
        (changed(), renamed(changed(), hidden="deep", all="side"), ["“all” is called “side” now.", "“hidden” is called “deep” now."]),
        (changed(), renamed(changed(hidden={"units": 3}), hidden="deep"),
         ["“hidden” is called “deep” now.", "“deep”: “Units” is 3 instead of automatic."]),
        (TWO, renamed(TWO, a="p", b="q"), ["“a” is called “p” now.", "“b” is called “q” now."]),
        (TWO, renamed(TWO, a="b", b="a"),
         ["“a”: “Units” is 2 instead of 1.", "“b”: “Units” is 1 instead of 2.", "“c” is fed in another order: “b”, “a”."]),
        (drawing("x: input"), drawing("y: input", y={"source": "x"}), ["“x” is called “y” now."]),
        (drawing("x: input"), drawing("y: input"), ["New: “y” (Input).", "Removed: “x” (Input)."]),
    ],
)  # fmt: skip
def test_each_change_is_told(old: Graph, new: Graph, sentences: list[str]):
    assert told(old, new) == sentences


def test_two_layers_with_one_name_can_be_compared():
    twice = Graph((*changed().layers, Layer("hidden", "dense", ("row",))))
    assert all(sentence.endswith(".") for sentence in told(twice, changed()))


def test_large_drawings_are_compared_quickly():
    names = {layer.name: f"new_{layer.name}" for layer in deep(1_000).layers}
    assert len(told(deep(1_000), renamed(deep(1_000), **names))) >= 999
