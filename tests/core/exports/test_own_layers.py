"""A network that reads steps, with a layer of our own and a block, trains and can be taken away."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core import proof, runs
from core.exports import SHELF
from core.exports.keras_zip import own_layers
from core.graph import Graph, Layer
from core.runs import Run
from core.spec import Spec

pytestmark = pytest.mark.heavy


@pytest.fixture
def stepped(ask: Callable[..., Spec]) -> Run:
    """A run whose network reads its numbers as steps."""
    from core.worker import door

    spec = ask(epochs=2)
    graph = Graph((
        Layer("numbers", "input"),
        Layer("steps", "reshape", ("numbers",), {"target_shape": [-1, 1]}),
        Layer("wide", "dense", ("steps",), {"units": 4}),
        Layer("where", "position_embedding", ("wide",)),
        Layer("look", "transformer_encoder", ("where",), {"num_heads": 2}),
        Layer("read", "gru", ("look",), {"units": 4, "recurrent_dropout": 0.1}),
        Layer("answer", "output", ("read",)),
    ))  # fmt: skip
    run = runs.create(replace(spec, graph=graph))
    door.enter(run.folder)
    assert run.state().name == "done", run.events()
    return run


def test_it_answers_the_same_outside_with_its_layer_beside_it(stepped: Run):
    for format in SHELF:
        path, proved = proof.export(stepped, format)
        assert proved.get("equal", not getattr(SHELF[format], "ANSWERS", True))
        if not format.endswith("_zip"):
            continue
        with zipfile.ZipFile(path) as file:
            beside = [name for name in file.namelist() if name.startswith("layer_")]
            assert beside == (["layer_position_embedding.py"] if format == "keras_zip" else [])
            assert all(name in file.read("README.md").decode() for name in beside)


def test_a_network_without_such_layers_takes_none_along(trained: Callable[[str], Run], tmp_path: Path):
    assert own_layers(trained("yes_no").folder / "model.keras") == {}
