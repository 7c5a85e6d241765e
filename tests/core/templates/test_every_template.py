"""The shelf's contract: every template proposes a working network for every kind of table and task."""

from itertools import product

import pytest

from core.errors import SettingError
from core.fields import check_all, defaults
from core.graph import Graph, explain, measure, opened, resolve, sources
from core.spec import TRAINING
from core.templates import (
    DEFAULT,
    DEFAULT_FOR_FEW_PICTURES,
    DEFAULT_FOR_PICTURES,
    DEFAULT_FOR_SERIES,
    SHELF,
    chosen,
    default_for,
    suiting,
)
from core.words import Sentence
from tests.core.graph.drawings import TASTES, TEXTS, facts, facts_for

TEMPLATES = list(SHELF)
TABLE_INPUTS = ("numbers", "categories", "numbers categories")
PICTURE_INPUTS = ("digits", "photo", "dot", "numbers photo", "numbers categories digits photo")
FOR_TABLES = [name for name in TEMPLATES if SHELF[name].suits(facts())]
FOR_SERIES = [name for name in TEMPLATES if SHELF[name].suits(facts("past ahead", "forecast"))]
FOR_REPLIES = [
    name for name in TEMPLATES if SHELF[name].suits(facts("asked_question reply_reply", "best_answer"))
]
FOR_WRITING = [name for name in TEMPLATES if SHELF[name].suits(facts("text", "next_token"))]
FOR_TASTES = [name for name in TEMPLATES if SHELF[name].suits(facts("past person had", "recommend"))]
FOR_REWRITING = [name for name in TEMPLATES if SHELF[name].suits(facts("source written", "rewrite"))]
FOR_PICTURES = [name for name in TEMPLATES if SHELF[name].suits(facts("photo"))]
FOR_TEXTS = [
    name
    for name in TEMPLATES
    if name
    not in (*FOR_TABLES, *FOR_SERIES, *FOR_REPLIES, *FOR_WRITING, *FOR_REWRITING, *FOR_TASTES, *FOR_PICTURES)
]
TEXT_INPUTS = (" ".join(TEXTS), f"numbers categories {' '.join(TEXTS)}")
REPLY_INPUTS = ("asked_question reply_reply", "asked_question detail_question reply_reply")
SERIES_INPUTS = ("past ahead", "past ahead categories")
TASKS = ("yes_no", "one_of_many", "amount")
ROWS = (10, 1_000, 400_000)
EVERY_CASE = [
    *product(FOR_TABLES, TABLE_INPUTS, TASKS, ROWS),
    *product(FOR_PICTURES, PICTURE_INPUTS, TASKS, ROWS),
    *product(FOR_SERIES, SERIES_INPUTS, ("forecast",), ROWS),
    *product(FOR_REPLIES, REPLY_INPUTS, ("best_answer",), ROWS),
    *product(FOR_WRITING, ("text",), ("next_token",), ROWS),
    *product(FOR_TASTES, ("past person had",), ("recommend",), ROWS),
    *product(FOR_REWRITING, ("source written",), ("rewrite",), ROWS),
    *product(FOR_TEXTS, TEXT_INPUTS, TASKS, ROWS),
]
SETTINGS = (
    {},
    {"size": 3, "depth": 1, "dropout": 0.0},
    {"depth": 20, "embedding": 2},
    {"size": 8_192, "depth": 3, "dropout": 0.5},
    {"filters": 3, "units": 5, "augmentation": "none"},
    {"filters": 300, "depth": 3, "augmentation": "mirrored"},
    {"filters": 3, "memory": 5, "depth": 2, "size": 9}, {"patch": 1, "depth": 1}, {"patch": 128, "width": 8, "num_heads": 3, "depth": 24},
)  # fmt: skip


def settings_of(name: str) -> list[dict]:
    """Those of the settings that the template knows and allows."""
    fields = SHELF[name].FIELDS
    found = [
        {key: value for key, value in some.items() if key in fields and fields[key].allows(value)}
        for some in SETTINGS
    ]
    return [some for place, some in enumerate(found) if some not in found[:place]]


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
    template, known = SHELF[name], facts_for(name)
    told = template.automatic(known)
    assert set(told) == {field for field, knob in template.FIELDS.items() if knob.auto}
    assert template.graph(known, told) == template.graph(known, {})


@pytest.mark.parametrize("name", TEMPLATES)
def test_wrong_settings_are_refused(name: str):
    template = SHELF[name]
    for field, knob in template.FIELDS.items():
        for wrong in knob.wrong_values():
            with pytest.raises(SettingError):
                template.graph(facts_for(name), {field: wrong})


@pytest.mark.parametrize(("name", "inputs", "task", "rows"), EVERY_CASE)
def test_a_proposal_works_and_is_explained(name: str, inputs: str, task: str, rows: int):
    known = facts(inputs, task, rows)
    assert SHELF[name].suits(known)
    for settings in settings_of(name):
        graph = SHELF[name].graph(known, settings)
        report = measure(graph, known)
        assert report.ok, report.errors
        assert Graph.from_json(graph.to_json()) == graph
        assert all(str(sentence).endswith(".") for sentence in explain(graph, known))


@pytest.mark.parametrize(("name", "rows"), list(product(TEMPLATES, ROWS)))
def test_automatic_training_values_are_allowed(name: str, rows: int):
    values = SHELF[name].training(facts_for(name, rows=rows))
    assert check_all(TRAINING, values)
    # Whether steps are compiled, and in which precision, is measured by the run itself.
    automatic = {field for field, knob in TRAINING.items() if knob.auto} - {"jit_compile", "mixed_precision"}
    assert values.keys() == automatic
    assert None not in values.values()


@pytest.mark.parametrize("name", [name for name in FOR_TABLES if "size" in SHELF[name].FIELDS])
def test_small_sets_get_smaller_networks_and_more_dropout(name: str):
    few, many = (SHELF[name].graph(facts(rows=rows), {}) for rows in (200, 100_000))
    assert few["hidden_1"].fields["units"] < many["hidden_1"].fields["units"]
    assert few["dropout_1"].fields["rate"] > many["dropout_1"].fields["rate"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_rows_without_a_known_part_do_not_suit(name: str):
    known = facts()
    assert not SHELF[name].suits({**known, "inputs": {}})
    assert not SHELF[name].suits({**known, "inputs": {"grid": {"shape": [8, 8], "dtype": "float32"}}})
    assert not SHELF[name].suits(
        {**known, "inputs": {"codes": {"shape": [8, 8, 3], "dtype": "int32", "vocabulary": 9}}}
    )


def test_the_template_to_begin_with_follows_from_the_inputs():
    assert default_for(facts()) == DEFAULT
    assert default_for(facts("past ahead categories", "forecast")) == DEFAULT_FOR_SERIES
    assert default_for(facts("digits")) == default_for(facts("numbers dot")) == DEFAULT_FOR_PICTURES
    assert default_for(facts("numbers photo", rows=50_000)) == DEFAULT_FOR_PICTURES


def test_few_coloured_pictures_begin_with_what_others_have_learned(monkeypatch: pytest.MonkeyPatch):
    assert default_for(facts("numbers photo", rows=300)) == DEFAULT_FOR_FEW_PICTURES
    assert default_for(facts("digits photo", rows=300)) == DEFAULT_FOR_PICTURES
    monkeypatch.setattr(SHELF[DEFAULT_FOR_FEW_PICTURES].pretrained, "find", lambda name: None)
    assert default_for(facts("numbers photo", rows=300)) == DEFAULT_FOR_PICTURES


def test_a_table_of_texts_begins_with_their_words_and_meaning():
    alone = {**facts(" ".join(TEXTS)), "columns": 1}
    beside_one = {**facts(f"numbers {' '.join(TEXTS)}"), "columns": 2}
    assert default_for(alone) == default_for(beside_one) == "words_and_meaning"
    assert suiting(alone)[:3] == ["words_and_meaning", "counted_words", "meaning_vectors"]


def test_texts_begin_with_their_words_where_the_sentence_encoder_is_not_there():
    inputs = " ".join(name for name in TEXTS if name != "remark_meaning")
    assert default_for({**facts(inputs), "columns": 1}) == "counted_words"


def test_a_table_with_one_remark_among_many_columns_stays_a_table():
    known = {**facts(f"numbers categories {' '.join(TEXTS)}"), "columns": 19}
    assert default_for(known) == suiting(known)[0] == DEFAULT
    assert suiting(known)[1] == "table_network"
    assert "words_and_meaning" in suiting(known)


def test_a_template_that_was_chosen_stays_where_it_suits():
    assert chosen("wide_and_deep", facts()) == "wide_and_deep"
    assert chosen("wide_and_deep", facts("digits")) == chosen("gone", facts("digits")) == DEFAULT_FOR_PICTURES


def test_pictures_are_mirrored_only_where_that_keeps_their_meaning():
    alike, other = {**facts("photo"), "mirrored": ["photo"]}, facts("photo")
    for name in FOR_PICTURES:
        if "augmentation" in SHELF[name].FIELDS:
            assert "mirrored" in SHELF[name].graph(alike, {})
            assert "mirrored" not in SHELF[name].graph(other, {})


def test_the_classic_network_is_that_of_the_tutorials():
    known = facts("digits", "one_of_many", classes=10)
    made = resolve(SHELF["classic_network"].graph(known, {"augmentation": "none"}), known)
    assert [layer.kind for layer in made.layers] == ["input", "rescaling", "flatten", "dense", "output"]
    assert made["hidden"].fields["units"] == 64
    assert made["hidden"].fields["activation"] == "relu"
    assert measure(made, known).weights == 784 * 64 + 64 + 64 * 10 + 10


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "inputs", "task", "rows"),
    [case for case in EVERY_CASE if case[0] in (*FOR_TABLES, *FOR_SERIES) or case[3] == 1_000],
)
def test_measured_shapes_and_weights_are_those_of_keras(name: str, inputs: str, task: str, rows: int):
    from core.worker.build import build

    known = facts(inputs, task, rows)
    graph = resolve(opened(SHELF[name].graph(known, {}), known), known)
    report = measure(graph, known)
    model = build(graph, known)
    assert model.count_params() == report.weights
    read, several = (
        sources(graph),
        TASTES if task == "recommend" else TEXTS,
    )  # these can be read in several ways
    assert [tensor.name for tensor in model.inputs] == [
        n for n in inputs.split() if n in read or n not in several
    ]
    made = {layer.name: layer for layer in model.layers}
    # An input is called by what it reads.
    layers = {layer.fields.get("source", name): layer for name, layer in report.layers.items()}
    assert made.keys() == layers.keys()
    for layer_name, layer in layers.items():
        assert made[layer_name].output.shape[1:] == layer.shape
        assert made[layer_name].count_params() == layer.weights


@pytest.mark.parametrize(("items", "batch"), [(1_700, 256), (19_000, 52), (100_000, 976)])
def test_rows_that_are_scored_against_many_items_are_fewer_at_once(items: int, batch: int):
    known = facts("past person had", "recommend", 500_000)
    known = {**known, "tastes": {**known["tastes"], "items": items, "length": 100}}
    known["output"] = {**known["output"], "units": items + 1}
    assert SHELF["next_items"].training(known)["batch_size"] == batch
