"""The shelf's contract: every template proposes a working network for every kind of table and task."""

from itertools import product

import pytest

from core.errors import SettingError
from core.fields import check_all, defaults
from core.graph import Graph, explain, measure, resolve
from core.spec import TRAINING
from core.templates import DEFAULT, SHELF
from core.words import Sentence
from tests.core.graph.drawings import facts

TEMPLATES = list(SHELF)
INPUTS = ("numbers", "categories", "numbers categories")
TASKS = ("yes_no", "one_of_many", "amount")
ROWS = (10, 1_000, 400_000)
EVERY_CASE = list(product(TEMPLATES, INPUTS, TASKS, ROWS))
SETTINGS = (
    {},
    {"size": 3, "depth": 1, "dropout": 0.0},
    {"depth": 20, "embedding": 2},
    {"size": 8_192, "depth": 3, "dropout": 0.5},
)


def test_the_default_is_on_the_shelf():
    assert DEFAULT in SHELF


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_says_what_it_is(name: str):
    template = SHELF[name]
    assert isinstance(template.LABEL, Sentence)
    assert str(template.HELP).endswith(".")
    assert check_all(template.FIELDS, {}) == defaults(template.FIELDS)
    assert any(field.main for field in template.FIELDS.values())


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_values_of_automatic_fields_are_those_that_it_takes(name: str):
    template, known = SHELF[name], facts()
    told = template.automatic(known)
    assert set(told) == {field for field, knob in template.FIELDS.items() if knob.auto}
    assert template.graph(known, told) == template.graph(known, {})


@pytest.mark.parametrize("name", TEMPLATES)
def test_wrong_settings_are_refused(name: str):
    template = SHELF[name]
    for field, knob in template.FIELDS.items():
        for wrong in knob.wrong_values():
            with pytest.raises(SettingError):
                template.graph(facts(), {field: wrong})


@pytest.mark.parametrize(("name", "inputs", "task", "rows"), EVERY_CASE)
def test_a_proposal_works_and_is_explained(name: str, inputs: str, task: str, rows: int):
    known = facts(inputs, task, rows)
    assert SHELF[name].suits(known)
    for settings in SETTINGS:
        graph = SHELF[name].graph(known, settings)
        report = measure(graph, known)
        assert report.ok, report.errors
        assert Graph.from_json(graph.to_json()) == graph
        assert all(str(sentence).endswith(".") for sentence in explain(graph, known))


@pytest.mark.parametrize(("name", "rows"), list(product(TEMPLATES, ROWS)))
def test_automatic_training_values_are_allowed(name: str, rows: int):
    values = SHELF[name].training(facts(rows=rows))
    assert check_all(TRAINING, values)
    automatic = {field for field, knob in TRAINING.items() if knob.auto}
    assert values.keys() == automatic
    assert None not in values.values()


@pytest.mark.parametrize("name", TEMPLATES)
def test_small_sets_get_smaller_networks_and_more_dropout(name: str):
    few, many = (SHELF[name].graph(facts(rows=rows), {}) for rows in (200, 100_000))
    assert few["hidden_1"].fields["units"] < many["hidden_1"].fields["units"]
    assert few["dropout_1"].fields["rate"] > many["dropout_1"].fields["rate"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_rows_without_a_known_part_do_not_suit(name: str):
    known = facts()
    assert not SHELF[name].suits({**known, "inputs": {}})
    assert not SHELF[name].suits({**known, "inputs": {"pictures": {"shape": [8, 8], "dtype": "float32"}}})


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "inputs", "task", "rows"), EVERY_CASE)
def test_measured_shapes_and_weights_are_those_of_keras(name: str, inputs: str, task: str, rows: int):
    from core.worker.build import build

    known = facts(inputs, task, rows)
    graph = resolve(SHELF[name].graph(known, {}), known)
    report = measure(graph, known)
    model = build(graph, known)
    assert model.count_params() == report.weights
    assert [tensor.name for tensor in model.inputs] == inputs.split()
    made = {layer.name: layer for layer in model.layers}
    assert made.keys() == report.layers.keys()
    for layer_name, layer in report.layers.items():
        assert made[layer_name].output.shape[1:] == layer.shape
        assert made[layer_name].count_params() == layer.weights
