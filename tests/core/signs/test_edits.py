"""A change makes a run that can be trained, different in just the one thing; what changes nothing is not offered."""

from dataclasses import replace

import pytest

from core.errors import GraphError
from core.fields import check_all
from core.graph import Graph, Layer, measure
from core.layers import SHELF as LAYERS
from core.signs import SHELF, _changes, changed, detail, offered
from core.signs._drawing import EDITS
from core.spec import TRAINING, Spec
from core.templates import SHELF as TEMPLATES
from tests.core.graph.drawings import TEXTS, facts
from tests.core.tables import goal

CHANGES = {
    change.name: change
    for name in SHELF
    for history in SHELF[name].EXAMPLES["seen"]
    for change in SHELF[name].look(history).changes
    if not change.goes_on
}
TABLES = ("numbers", "categories", "numbers categories")
PICTURES = {"picture": {"shape": [28, 28, 1], "dtype": "uint8"}}
KNOWN = [
    *(facts(inputs, "yes_no", 1_000) for inputs in TABLES),
    {**facts("", "yes_no", 1_000), "inputs": PICTURES},
    facts("past ahead", "forecast", 1_000),
    facts(" ".join(TEXTS), "yes_no", 1_000),
    facts("past person had", "recommend"),
    facts("source written", "rewrite", 1_000),
    facts("text", "next_token", 1_000),
    facts("asked_question reply_reply", "best_answer", 1_000),
]
CASES = [
    (name, place) for name in TEMPLATES for place, known in enumerate(KNOWN) if TEMPLATES[name].suits(known)
]


def spec(graph: Graph, template: str = "table_network", **training) -> Spec:
    return Spec("d", goal(), template, graph, check_all(TRAINING, training), project="p", name="Churn, run 1")


def proposal(name: str, known: dict, **fields) -> Spec:
    return spec(TEMPLATES[name].graph(known, fields), name)


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
@pytest.mark.parametrize(("template", "place"), CASES)
def test_after_a_change_every_template_can_still_be_built_and_only_that_differs(
    change, template: str, place: int
):
    known = KNOWN[place]
    asked = proposal(template, known)
    after = changed(asked, change, known)
    assert measure(after.graph, known).ok
    assert check_all(TRAINING, after.training) == dict(after.training)
    assert after.training == asked.training if change.drawing else after.graph == asked.graph
    assert Spec.from_json(after.to_json()) == after
    same = {"training": asked.training, "graph": asked.graph, "starts_from": ""}
    assert replace(after, **same) == asked


def test_every_template_is_tried():
    assert {name for name, _ in CASES} == set(TEMPLATES)


@pytest.mark.parametrize("template", ["table_network", "wide_and_deep"])
def test_a_change_says_exactly_what_it_does(template: str):
    known = facts("numbers categories", "yes_no", 1_000)
    asked = proposal(template, known)
    told = {name: [str(line) for line in detail(asked, change, known)] for name, change in CHANGES.items()}
    assert told["smaller_steps"][0] == "Learning rate: 0.001 → 0.000333"
    assert told["more_dropout"] == ["Share left out: 25% → 40%"]
    assert told["class_weights"] == ["Weight of the answers: every row alike → rare answers count more"]
    assert told["smaller_network"][0].startswith("Weights: ")
    assert all(told.values())


@pytest.mark.parametrize(
    ("given", "change", "becomes"),
    [
        (None, _changes.smaller_steps(), pytest.approx(0.001 / 3, rel=0.01)),
        (1.0, _changes.smaller_steps(), None),  # back to automatic, which is smaller than a third of it
        (0.002, _changes.smaller_steps(), pytest.approx(0.002 / 3, rel=0.01)),
        (1e-6, _changes.larger_steps(), None),
        (None, _changes.larger_steps(), pytest.approx(0.003)),
        (1e-7, _changes.smaller_steps(), 1e-7),  # the limit
        (9.0, _changes.larger_steps(), 10.0),
    ],
)
def test_steps_become_smaller_or_larger_within_their_limits(given, change, becomes):
    known = facts("numbers", "yes_no", 1_000)
    asked = spec(TEMPLATES["table_network"].graph(known, {}), learning_rate=given)
    assert changed(asked, change, known).training["learning_rate"] == becomes


@pytest.mark.parametrize(("given", "becomes"), [(1.0, 0.25), (0.0, 1.0), (8.0, 2.0)])
def test_clipping_becomes_shorter_and_begins_where_there_was_none(given: float, becomes: float):
    known = facts("numbers", "yes_no", 1_000)
    asked = spec(TEMPLATES["table_network"].graph(known, {}), global_clipnorm=given)
    assert changed(asked, _changes.clipping(), known).training["global_clipnorm"] == becomes


def test_a_network_without_dropout_gets_some_behind_every_hidden_layer():
    known = facts("numbers", "yes_no", 1_000)
    asked = proposal("table_network", known, dropout=0.0, depth=2)
    after = changed(asked, _changes.more_dropout(), known)
    assert [layer.kind for layer in after.graph.layers] == [
        "input",
        "dense",
        "dropout",
        "dense",
        "dropout",
        "output",
    ]
    again = changed(after, _changes.more_dropout(), known)
    assert [layer.fields["rate"] for layer in again.graph.layers if layer.kind == "dropout"] == [0.4, 0.4]


@pytest.mark.parametrize(
    "kind", [k for k in LAYERS if {"rate", "dropout", "units", "filters"} & set(LAYERS[k].FIELDS)]
)
@pytest.mark.parametrize("edit", list(EDITS))
def test_a_drawing_with_any_kind_of_layer_is_either_changed_and_whole_or_the_change_is_not_offered(
    kind: str, edit: str
):
    known = facts("numbers", "yes_no", 1_000)
    example = LAYERS[kind].EXAMPLES[0]
    shape = example["shapes"][0]
    known["inputs"] = {
        f"numbers{n}": {**known["inputs"]["numbers"], "shape": list(s)}
        for n, s in enumerate(example["shapes"])
    }
    names = list(known["inputs"])
    graph = Graph((
        *(Layer(name, "input", fields={"source": name}) for name in names),
        Layer("middle", kind, tuple(names), dict(example["fields"])),
        Layer("row", "flatten", ("middle",)),
        Layer("answer", "output", ("row",)),
    ))  # fmt: skip
    if len(shape) == 1:
        graph = Graph(
            tuple(
                replace(layer, kind="activation") if layer.name == "row" else layer for layer in graph.layers
            )
        )
    asked = spec(graph)
    change = replace(_changes.more_dropout(), drawing=edit)
    if not measure(graph, known).ok:
        assert offered(asked, [change], known) == []
        return
    for one in offered(asked, [change], known):
        assert measure(changed(asked, one, known).graph, known).ok


def test_what_changes_nothing_is_not_offered():
    known = facts("numbers", "yes_no", 1_000)
    asked = spec(
        TEMPLATES["table_network"].graph(known, {"size": 4, "dropout": 0.6}), class_weight="balanced"
    )
    every = [
        _changes.class_weights(),
        _changes.smaller_network(),
        _changes.more_dropout(),
        _changes.larger_network(),
    ]
    assert [change.name for change in offered(asked, every, known)] == ["larger_network"]


def test_rare_answers_are_not_offered_where_the_target_is_an_amount():
    known = facts("numbers", "amount", 1_000)
    asked = replace(spec(TEMPLATES["table_network"].graph(known, {})), goal=goal("price", "amount"))
    assert offered(asked, [_changes.class_weights()], known) == []


def test_a_drawing_that_cannot_be_built_offers_no_change_to_it():
    known = facts("numbers", "yes_no", 1_000)
    ring = Graph((Layer("a", "dense", ("b",), {"units": 8}), Layer("b", "dense", ("a",), {"units": 8})))
    assert offered(spec(ring), [_changes.smaller_network()], known) == []
    with pytest.raises(GraphError):
        changed(spec(ring), _changes.smaller_network(), known)


def test_from_the_last_good_state_means_beginning_with_that_runs_weights():
    known = facts("numbers", "yes_no", 1_000)
    asked = proposal("table_network", known)
    assert changed(
        asked, _changes.smaller_steps(from_best=True), known, "20250101-000000-00000000"
    ).starts_from
    assert not changed(asked, _changes.smaller_steps(), known, "20250101-000000-00000000").starts_from
