"""What comes out of a layer for a real row is shown, at once and the same each time."""

import json
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core import prepare, recipes
from core.asked import Helper
from core.errors import UserError
from core.graph import Graph, Layer
from core.runs import Run
from core.words import Sentence

pytestmark = pytest.mark.heavy


@pytest.fixture
def known(trained: Callable[[str], Run], monkeypatch: pytest.MonkeyPatch) -> tuple[Run, prepare.Prepared]:
    """A trained run and its prepared rows, in the workspace where they were made."""
    run = trained("yes_no")
    monkeypatch.setenv("MODELYARD_HOME", str(run.folder.parent.parent))
    return run, prepare.prepare(run.spec().data, run.spec().goal)


def ask(prepared: prepare.Prepared, graph: Graph, layer: str, row: int = 3, run: str = "") -> dict[str, Any]:
    from core.worker import previewing

    return previewing.answer(
        {"folder": str(prepared.folder), "graph": graph.to_json(), "layer": layer, "row": row, "run": run}
    )


def forget() -> None:
    """As a helper process that has just started."""
    from core.worker import forms, previewing

    previewing._network.cache_clear()
    previewing.GIVEN.clear()
    previewing.WEIGHTS.clear()
    forms.form.cache_clear()


def words(preview: dict[str, Any]) -> str:
    return str(Sentence.from_json(preview["words"]))


def chain(*layers: Layer) -> Graph:
    return Graph((*layers, Layer("answer", "output", (layers[-1].name,))))


def test_every_layer_of_a_drawing_can_be_seen(known):
    run, prepared = known
    graph = run.spec().graph
    seen = {layer.name: ask(prepared, graph, layer.name) for layer in graph.layers}
    inputs, _ = prepared.arrays("validation")
    assert np.allclose(seen["numbers"]["values"], inputs["numbers"][3], rtol=1e-3)
    assert len(seen["numbers"]["names"]) == len(seen["numbers"]["values"])
    assert (seen["categories"]["look"], seen["numbers"]["look"]) == ("tokens", "bars")
    assert all(name.split(":")[0] in ("colour", "class") for name in seen["categories"]["names"])
    assert seen["answer"]["names"] == ["yes"]
    assert all(len(view["values"]) == np.prod(view["shown"]) for view in seen.values())
    assert all(words(view) for view in seen.values())
    assert not any(view["trained"] for view in seen.values())


def test_the_trained_network_is_seen_as_it_answers(known):
    from core.answer import Model

    run, prepared = known
    inputs, _ = prepared.arrays("validation")
    model = Model.open(run)
    said = model.session.run(None, {name: np.asarray(inputs[name][5:6]) for name in model.inputs})[0]
    seen = ask(prepared, run.spec().graph, "answer", 5, str(run.folder))
    assert seen["trained"]
    assert seen["values"][0] == pytest.approx(float(said[0, 0]), abs=1e-3)
    chance = recipes.answers(prepared.recipes, said)["probabilities"][0, 1]
    assert f"answers {chance:.2f} for bought = yes" in words(seen)


def test_trained_weights_fit_a_drawing_whose_layers_were_drawn_in_another_order(known):
    run, prepared = known
    graph = run.spec().graph
    turned = Graph(tuple(reversed(graph.layers)))
    straight, back = (ask(prepared, g, "answer", 5, str(run.folder)) for g in (graph, turned))
    assert straight == back


def test_a_drawing_that_differs_from_the_trained_one_says_so(known):
    run, prepared = known
    graph = chain(Layer("numbers", "input"), Layer("hidden", "dense", ("numbers",), {"units": 5}))
    seen = ask(prepared, graph, "hidden", run=str(run.folder))
    assert not seen["trained"]
    assert "other layers" in words(seen)


def test_an_untrained_network_is_the_same_each_time(known):
    _, prepared = known
    graph = chain(Layer("numbers", "input"), Layer("hidden", "dense", ("numbers",), {"activation": "relu"}))
    first = ask(prepared, graph, "hidden")
    forget()
    assert ask(prepared, graph, "hidden") == first
    zeros = sum(value == 0 for value in first["values"])
    assert f"{zeros} of the {first['shape'][0]} numbers are zero" in words(first)
    assert "not trained yet" in words(first)


def numbers_wide() -> list[Layer]:
    return [Layer("numbers", "input"), Layer("wide", "dense", ("numbers",), {"units": 64})]


def convolution() -> Graph:
    return chain(
        *numbers_wide(),
        Layer("picture", "reshape", ("wide",), {"target_shape": [8, 8, 1]}),
        Layer("flip", "random_flip", ("picture",)),
        Layer("seen", "conv_2d", ("flip",), {"filters": 3, "activation": "relu"}),
        Layer("even", "batch_normalization", ("seen",)),
        Layer("flat", "flatten", ("even",)),
        Layer("drop", "dropout", ("flat",), {"rate": 0.5}),
    )


def recurrent() -> Graph:
    return chain(
        *numbers_wide(),
        Layer("steps", "reshape", ("wide",), {"target_shape": [16, 4]}),
        Layer("read", "lstm", ("steps",), {"units": 5, "return_sequences": True}),
        Layer("both", "bidirectional", ("read",), {"units": 3}),
    )


def transformer() -> Graph:
    """Two blocks, and a way around them, so that the order in which Keras holds the layers is not that of the drawing."""
    return chain(
        Layer("categories", "input"),
        Layer("numbers", "input"),
        Layer("meaning", "embedding", ("categories",), {"output_dim": 8}),
        Layer("first", "transformer_encoder", ("meaning",), {"num_heads": 2}),
        Layer("second", "transformer_encoder", ("first",), {"num_heads": 2}),
        Layer("around", "add", ("second", "meaning")),
        Layer("flat", "flatten", ("around",)),
        Layer("hidden", "dense", ("numbers",), {"units": 6}),
        Layer("all", "concatenate", ("hidden", "flat")),
    )


def nested() -> Graph:
    """An own block within an own block."""
    inner = {"title": "Inner", "parts": [
        {"name": "a", "kind": "dense", "inputs": ["in_1"], "fields": {"units": 4}},
        {"name": "b", "kind": "dropout", "inputs": ["a"], "fields": {}},
    ]}  # fmt: skip
    outer = {"title": "Outer", "parts": [
        {"name": "c", "kind": "own_block", "inputs": ["in_1"], "fields": inner},
        {"name": "d", "kind": "dense", "inputs": ["c"], "fields": {"units": 3}},
    ]}  # fmt: skip
    return chain(Layer("numbers", "input"), Layer("mine", "own_block", ("numbers",), outer))


@pytest.mark.parametrize("drawn", [convolution, recurrent, transformer, nested])
def test_every_layer_gives_what_the_built_network_gives_with_the_same_weights(known, drawn: Callable):
    import keras

    from core.worker import learned, previewing
    from core.worker.build import build

    _, prepared = known
    graph = drawn()
    ask(prepared, graph, "answer")
    network = previewing._network(plain(graph), str(prepared.folder), "", 0)
    model = build(graph, prepared.facts)
    held = [layer.name for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    assert held == learned.held(Graph(tuple(network.ordered)))
    for layer in network.ordered:
        if layer.kind != "input":
            weights = previewing._weights(network, layer, previewing.form_of(layer, network.flat))
            model.get_layer(layer.name).set_weights([np.asarray(array) for array in weights])
    inputs, _ = prepared.arrays("validation")
    expected = keras.Model(model.inputs, {name: model.get_layer(name).output for name in held})(
        [np.asarray(inputs[tensor.name][3:4]) for tensor in model.inputs], training=False
    )
    found = previewing.given(network, "answer", 3)
    for name in held:
        np.testing.assert_allclose(found[name], np.asarray(expected[name])[0], rtol=1e-5, atol=1e-6)


def plain(graph: Graph) -> str:
    """The layers as the helper tells drawings apart."""
    layers = [
        {key: value for key, value in layer.items() if key != "place"} for layer in graph.to_json()["layers"]
    ]
    return json.dumps(layers, sort_keys=True)


@pytest.mark.parametrize("drawn", [convolution, transformer])
def test_it_does_not_matter_which_layer_is_asked_for_first(known, drawn: Callable):
    _, prepared = known
    graph = drawn()
    seen = []
    for names in ([layer.name for layer in graph.layers], ["answer", graph.layers[2].name]):
        forget()
        seen.append({name: ask(prepared, graph, name) for name in names})
    assert all(seen[0][name] == view for name, view in seen[1].items())


def test_of_a_changed_drawing_only_what_follows_the_change_is_computed_anew(known):
    from core.worker import previewing

    _, prepared = known
    graph = convolution()
    forget()
    ask(prepared, graph, "answer")
    before = set(previewing.GIVEN.things)
    changed = Graph(tuple(
        replace(layer, fields={"filters": 5}) if layer.name == "seen" else layer for layer in graph.layers
    ))  # fmt: skip
    after = ask(prepared, changed, "answer")
    follow = {"seen", "even", "flat", "drop", "answer"}
    assert len(set(previewing.GIVEN.things) - before) == len(follow)
    forget()
    assert ask(prepared, changed, "answer") == after


def test_weights_of_a_running_training_are_seen_as_they_become_better(known, tmp_path):
    run, prepared = known
    folder = tmp_path / "running"
    shutil.copytree(run.folder, folder)
    first = ask(prepared, run.spec().graph, "answer", run=str(folder))
    with np.load(folder / "best.weights.npz") as kept:
        better = {name: 0 * kept[name] for name in kept.files}
    np.savez(folder / "best.weights.npz", **better)
    os.utime(folder / "best.weights.npz", ns=(1, 1))
    later = ask(prepared, run.spec().graph, "answer", run=str(folder))
    assert first["trained"]
    assert later["trained"]
    assert later["values"] == [0.5]
    assert first["values"] != [0.5]


def test_a_run_that_has_no_weights_yet_is_seen_untrained(known, tmp_path):
    run, prepared = known
    folder = tmp_path / "starting"
    shutil.copytree(run.folder, folder)
    (folder / "best.weights.npz").unlink()
    seen = ask(prepared, run.spec().graph, "answer", run=str(folder))
    assert not seen["trained"]
    assert "not trained yet" in words(seen)


@pytest.mark.parametrize(
    ("layers", "look", "shape", "shown"),
    [
        ([("s", "reshape", {"target_shape": [16, 4]})], "grid", [16, 4], [16, 4]),
        ([("s", "reshape", {"target_shape": [8, 8, 1]})], "maps", [8, 8, 1], [8, 8, 1]),
        ([("s", "reshape", {"target_shape": [2, 2, 16]})], "maps", [2, 2, 16], [2, 2, 16]),
    ],
)
def test_each_form_has_a_look_of_its_own(known, layers: list, look: str, shape: list[int], shown: list[int]):
    _, prepared = known
    made = [Layer("numbers", "input"), Layer("wide", "dense", ("numbers",), {"units": 64})]
    made += [Layer(name, kind, (made[-1].name,), fields) for name, kind, fields in layers]
    seen = ask(prepared, chain(*made, Layer("flat", "flatten", ("s",))), "s")
    assert (seen["look"], seen["shape"], seen["shown"]) == (look, shape, shown)


def test_attention_is_shown_between_the_categories_it_looks_at(known):
    _, prepared = known
    graph = chain(
        Layer("categories", "input"),
        Layer("meaning", "embedding", ("categories",), {"output_dim": 8}),
        Layer("look", "self_attention", ("meaning",), {"num_heads": 2}),
        Layer("flat", "flatten", ("look",)),
    )
    seen = ask(prepared, graph, "look")
    assert seen["look"] == "attention"
    assert seen["attention"]["heads"] == 2
    assert seen["attention"]["size"] == [2, 2]
    assert np.allclose(np.reshape(seen["attention"]["values"], (2, 2, 2)).sum(-1), 1, atol=1e-3)
    assert len(seen["names"]) == 2
    assert "%" in words(seen)


def test_a_block_gives_what_its_last_part_gives(known):
    _, prepared = known
    graph = chain(
        Layer("categories", "input"),
        Layer("meaning", "embedding", ("categories",), {"output_dim": 8}),
        Layer("block", "transformer_encoder", ("meaning",), {"num_heads": 2}),
        Layer("flat", "flatten", ("block",)),
    )
    block, flat = ask(prepared, graph, "block"), ask(prepared, graph, "flat")
    assert block["values"] == flat["values"]
    assert block["attention"]["heads"] == 2


def test_what_is_too_large_or_broken_is_refused_in_two_sentences(known):
    _, prepared = known
    large = chain(
        Layer("numbers", "input"),
        Layer("a", "dense", ("numbers",), {"units": 60_000}),
        Layer("b", "dense", ("a",), {"units": 60_000}),
    )
    with pytest.raises(UserError, match="too large"):
        ask(prepared, large, "b")
    with pytest.raises(UserError, match="nobody"):
        ask(prepared, large, "nobody")
    with pytest.raises(UserError):
        ask(prepared, Graph((Layer("a", "dense"),)), "a")


def test_the_helper_is_ready_once_warm_and_comes_back_after_it_was_killed(known):
    run, prepared = known
    helper = Helper(
        "core.worker.previewing", lambda: {"CUDA_VISIBLE_DEVICES": "", "TF_CPP_MIN_LOG_LEVEL": "3"}
    )
    question = {
        "folder": str(prepared.folder),
        "graph": run.spec().graph.to_json(),
        "layer": "answer",
        "row": 0,
    }
    try:
        assert not helper.ready
        helper.begin()
        assert not helper.ready  # nobody waits for it
        first = helper.ask({**question, "run": ""})
        assert helper.ready
        os.kill(helper.process.pid, signal.SIGKILL)
        helper.process.wait()
        assert not helper.ready
        assert helper.ask({**question, "run": ""}) == first
    finally:
        helper.end()


@pytest.mark.parametrize(
    ("task", "names", "told"),
    [
        ("amount_range", ["5%", "50%", "95%"], "it answers"),
        ("ordered", ["> small", "> middle"], "for kind ="),
        ("many_of_many", ["big", "huge", "red", "small", "蓝色"], "it names these labels for topics"),
        ("count", ["calls"], "it answers"),
    ],
)
def test_the_answer_of_every_task_is_told(
    trained: Callable[[str], Run], monkeypatch: pytest.MonkeyPatch, task: str, names: list[str], told: str
):
    run = trained(task)
    monkeypatch.setenv("MODELYARD_HOME", str(run.folder.parent.parent))
    prepared = prepare.prepare(run.spec().data, run.spec().goal)
    seen = ask(prepared, run.spec().graph, "answer", run=str(run.folder))
    assert seen["names"] == names
    assert told in words(seen)
