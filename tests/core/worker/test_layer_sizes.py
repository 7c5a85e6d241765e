"""Looking inside the layers tells their sizes, and changes nothing of the training."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import prepare, runs
from core.graph import Graph, Layer
from core.runs import Event, Run
from core.spec import Spec
from tests.core.worker.runner import history, network, told, weights

pytestmark = [pytest.mark.heavy, pytest.mark.usefixtures("eager")]


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many looks amid each epoch: pieces of it are as short as they can be."""
    from core.worker import layer_sizes, loop

    monkeypatch.setattr(layer_sizes, "SECONDS_BETWEEN", 0.0)
    monkeypatch.setattr(loop, "CHUNK_SECONDS", 0.001)


def execute(spec: Spec, looked_at: bool = False, monkeypatch: pytest.MonkeyPatch | None = None) -> Run:
    """The ended run; one that is looked at is asked again after each answer."""
    from core.worker import door
    from core.worker.layer_sizes import LayerSizes

    run = runs.create(spec)
    if looked_at:
        answer = LayerSizes.between

        def ask_and_answer(self: LayerSizes, at) -> None:
            runs.request_look(run)
            answer(self, at)

        monkeypatch.setattr(LayerSizes, "between", ask_and_answer)
    door.enter(run.folder)
    assert run.state().name == "done", (run.folder / "log.txt").exists()
    return run


@pytest.mark.parametrize("made", [network, lambda spec: spec], ids=["everything moves", "as proposed"])
def test_a_run_that_is_looked_at_ends_with_the_same_weights(
    ask: Callable[..., Spec], monkeypatch: pytest.MonkeyPatch, made: Callable[[Spec], Spec]
):
    spec = made(ask(epochs=3, batch_size=16))
    with monkeypatch.context() as patch:
        looked_at = execute(spec, True, patch)
    calm = execute(spec)
    assert len(told(looked_at, "layers")) > 10
    assert not told(calm, "layers")
    assert history(looked_at) == history(calm)
    for ours, theirs in zip(weights(looked_at.folder), weights(calm.folder), strict=True):
        assert np.array_equal(ours, theirs)


def look(spec: Spec, tmp_path: Path, change: Callable = lambda model: None) -> tuple[Event, list[np.ndarray]]:
    """What a look at the untrained network tells, and its weights."""
    import keras

    from core.runs import events
    from core.runs.events import Journal
    from core.worker.build import build
    from core.worker.layer_sizes import LayerSizes
    from core.worker.loop import Position
    from core.worker.objective import compile_model

    prepared = prepare.prepare(spec.data, spec.goal)
    keras.utils.set_random_seed(4)
    model = build(spec.graph, prepared.facts)
    compile_model(model, spec.goal.task, {"learning_rate": 0.01, "weight_decay": 0.0})
    change(model)
    before = [np.array(one.value.numpy()) for one in model.variables]
    with Journal(tmp_path) as journal:
        sizes = LayerSizes(tmp_path, journal, model, spec.graph, prepared, 64, spec.seed)
        sizes.between(Position(epoch=1))
        assert not events.read(tmp_path)[0], "nobody had asked"
        (tmp_path / "look").touch()
        sizes.between(Position(epoch=1, steps=7))
    assert not (tmp_path / "look").exists()
    for now, then in zip(model.variables, before, strict=True):
        assert np.array_equal(now.value.numpy(), then, equal_nan=True)
    (event,) = events.read(tmp_path)[0]
    assert (event["kind"], event["epoch"], event["step"], event["rows"]) == ("layers", 1, 7, 64)
    return event, model.get_weights()


def test_layers_are_told_in_the_order_of_the_drawing_with_their_sizes(
    ask: Callable[..., Spec], tmp_path: Path
):
    event, now = look(network(ask()), tmp_path)
    layers = event["layers"]
    assert [layer["name"] for layer in layers] == ["wide", "norm", "answer"]
    wide = layers[0]
    assert wide["count"] == now[0].size + now[1].size
    assert wide["weights"] == pytest.approx(np.sqrt((now[0] ** 2).sum()), rel=1e-3)
    assert all(layer["gradient"] > 0 for layer in layers)
    assert 0 <= wide["silent"] < 0.5
    assert "silent" not in layers[1]


def test_a_block_counts_as_one_layer_and_a_table_of_categories_too(ask: Callable[..., Spec], tmp_path: Path):
    spec = ask()
    event, now = look(spec, tmp_path)
    names = {layer.name for layer in spec.graph.layers}
    assert {layer["name"] for layer in event["layers"]} <= names
    assert sum(layer.get("count", 0) for layer in event["layers"]) == sum(array.size for array in now)
    assert all(layer["gradient"] > 0 for layer in event["layers"] if "gradient" in layer)


def test_a_layer_whose_units_never_answer_is_seen(ask: Callable[..., Spec], tmp_path: Path):
    def sink(model) -> None:
        kernel, bias = model.get_layer("low").get_weights()
        model.get_layer("low").set_weights([kernel, bias - 1_000])

    layers = (
        Layer("numbers", "input", fields={"source": "numbers"}),
        Layer("low", "dense", ("numbers",), {"units": 8, "activation": "relu"}),
        Layer("answer", "output", ("low",)),
    )
    event, _ = look(replace(ask(), graph=Graph(layers)), tmp_path, sink)
    low = event["layers"][0]
    assert (low["silent"], low["gradient"]) == (1.0, 0.0)


def test_what_is_no_number_is_told_as_none(ask: Callable[..., Spec], tmp_path: Path):
    def break_it(model) -> None:
        kernel, bias = model.get_layer("wide").get_weights()
        model.get_layer("wide").set_weights([kernel * np.nan, bias])

    event, _ = look(network(ask()), tmp_path, break_it)
    assert event["layers"][0]["gradient"] is None
