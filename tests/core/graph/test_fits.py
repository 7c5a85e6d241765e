"""Which links can be drawn, and why the others cannot."""

from time import perf_counter

import pytest

from core.graph import Graph, fits, measure
from tests.core.graph.drawings import FACTS, deep
from tests.core.graph.test_measure import changed


def told(graph: Graph, **asked: str) -> dict[str, str]:
    found = fits(graph, measure(graph, FACTS), FACTS, **asked)
    return {name: str(why) if why else "" for name, why in found.items()}


FLAT = "It does not fit: it needs a plain row of numbers to answer from, but gets 16 × 8."


@pytest.mark.parametrize(
    ("graph", "asked", "other", "why"),
    [
        (changed(), {"source": "hidden"}, "all", "This link would close a ring: “all” leads to “hidden” already."),
        (changed(), {"target": "row"}, "hidden", "This link would close a ring: “row” leads to “hidden” already."),
        (changed(), {"source": "hidden"}, "answer", "“hidden” feeds “answer” already."),
        (changed(), {"source": "all"}, "numbers", "This is where rows come in, so no layer can feed it."),
        (changed(), {"source": "answer"}, "hidden", "An output gives the answer, and feeds no other layer."),
        (changed(), {"target": "hidden"}, "answer", "An output gives the answer, and feeds no other layer."),
        (changed(), {"source": "codes"}, "answer", FLAT),
        (changed(), {"target": "answer"}, "codes", FLAT),
        (changed(), {"source": "all"}, "answer", ""),
        (changed(), {"target": "answer"}, "numbers", ""),
        (changed(), {"source": "codes"}, "all",
         "It does not fit: what comes in has different forms: 57, 128, 16 × 8."),
        (changed(), {"source": "numbers"}, "codes",
         "It does not fit: it looks up codes of categories, but gets ordinary numbers."),
        (changed("all: subtract < row row2", "row2: dense < row"), {"source": "numbers"}, "all",
         "“all” takes at most 2 links, and has them already."),
        (changed("all: add < row"), {"source": "numbers"}, "all",
         "It does not fit: it gets 128 numbers from one side and 57 from another."),
        (changed("all: add <"), {"source": "codes"}, "all", ""),
        (changed("new: sparkle <"), {"source": "row"}, "new", "There is no layer of the kind “sparkle”."),
        (changed("new: sparkle <"), {"target": "hidden"}, "new", "There is no layer of the kind “sparkle”."),
        (changed(codes={"output_dim": 0}), {"source": "codes"}, "hidden", ""),
        (changed("new: dense <", new={"units": 0}), {"source": "row"}, "new", ""),
        (changed(codes={"output_dim": 0}), {"source": "row"}, "answer", ""),
    ],
)  # fmt: skip
def test_a_link_that_cannot_be_drawn_has_a_reason(graph: Graph, asked: dict, other: str, why: str):
    found = told(graph, **asked)
    assert why in found[other]
    assert bool(found[other]) == bool(why)
    assert set(found) == {layer.name for layer in graph.layers} - set(asked.values())


def test_a_layer_that_is_not_there_has_no_links():
    assert told(changed(), source="nobody") == {}


@pytest.mark.parametrize("asked", [{"source": "l1"}, {"target": "answer"}, {"source": "l150"}])
def test_three_hundred_layers_are_answered_at_once(asked: dict):
    graph = deep(300)
    report = measure(graph, FACTS)
    fits(graph, report, FACTS, **asked)
    begin = perf_counter()
    fits(graph, report, FACTS, **asked)
    assert perf_counter() - begin < 0.1  # 20 ms on a quiet machine
