"""Two towers have to stay apart until the end, and the drawing says where they do not."""

import pytest

from core.graph import Graph, Layer, measure, towers
from core.templates import SHELF
from tests.core.graph.drawings import facts

FACTS = facts("asked_question detail_question reply_reply", "best_answer")


def drawn() -> Graph:
    return SHELF["two_towers"].graph(FACTS, {})


def changed(name: str, inputs: tuple[str, ...]) -> Graph:
    layers = [
        Layer(one.name, one.kind, inputs if one.name == name else one.inputs, one.fields)
        for one in drawn().layers
    ]
    return Graph(tuple(layers))


def test_the_ends_of_both_towers_are_found():
    assert towers.ends(drawn()) == ("question_point", "reply_point")
    assert measure(drawn(), FACTS).ok


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("side_by_side", ("reply_point", "question_point")),
        ("side_by_side", ("question_point", "question_point")),
        ("reply_point", ("reply_encoder", "question_moved")),
        ("answer", ("question_point",)),
    ],
)
def test_towers_that_meet_elsewhere_are_refused(name: str, inputs: tuple[str, ...]):
    said = [str(error.what) for error in measure(changed(name, inputs), FACTS).errors]
    assert any("needs two towers" in one for one in said), said


def test_other_questions_need_no_towers():
    known = facts("asked_question", "yes_no")
    graph = Graph((
        Layer("asked_question", "input"),
        Layer("encoder", "sentence_encoder", ("asked_question",)),
        Layer("answer", "output", ("encoder",)),
    ))  # fmt: skip
    assert measure(graph, known).ok
