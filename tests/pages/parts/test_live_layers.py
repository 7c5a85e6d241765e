"""What the sizes of layers mean, said in plain words."""

import pytest
from filelock import FileLock

from core import runs
from core.goal import Goal
from core.graph import Graph
from core.runs import Run, states
from core.runs.events import Journal
from core.runs.queue import lock_path
from core.spec import Spec
from pages.parts import curves, live_layers


def layer(name: str, gradient: float | None, weights: float | None = 1.0, **more: float) -> dict:
    return {"name": name, "kind": "dense", "count": 9, "weights": weights, "gradient": gradient, **more}


@pytest.mark.parametrize(
    ("layers", "tone", "words"),
    [
        ([layer("a", 0.1), layer("b", 0.5)], "green", "none is left behind"),
        ([layer("a", 0.001), layer("b", 0.9)], "green", "none is left behind"),
        ([layer("a", 1e-6), layer("b", 0.01), layer("c", 1.0)], "orange", "a feels 1,000,000 times less than c"),
        ([layer("a", 900.0), layer("b", 0.1)], "orange", "a feels 9,000 times more than b"),
        ([layer("a", 0.0), layer("b", 0.5)], "red", "they learn nothing: a."),
        ([layer("a", None), layer("b", None)], "red", "beyond all bounds in these layers: a, b."),
        ([layer("a", 0.1, None)], "red", "beyond all bounds"),
        ([layer("a", 0.1, silent=0.75), layer("b", 0.1, silent=0.2)], "orange", "In a, 75% of the units"),
        ([layer("a", 0.1), {"name": "r", "kind": "re_lu", "silent": 1.0}], "orange", "In r, 100% of the units"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_layer(layers: list[dict], tone: str, words: str):
    found = live_layers.findings({"layers": layers, "rows": 64})
    assert found[0]["tone"] == tone
    assert words in found[0]["text"]


@pytest.fixture
def run() -> Run:
    run = runs.create(Spec("0" * 16, Goal("y", "amount", ("x",), {}), "", Graph(()), {}))
    states.step(run.folder, "starting")
    states.step(run.folder, "running")
    with Journal(run.folder) as journal:
        journal.write("begin", epochs=3, minutes=1, rows=9)
    return run


def test_a_look_is_asked_for_and_its_answer_shown(run: Run):
    def told() -> dict:
        return live_layers.told(run, curves.of(run)) or {}

    assert told() == {"can": True, "waits": ""}
    live_layers.acted(run, "look", None)
    assert told() == {"can": True, "waits": "looking"}
    with FileLock(lock_path()):
        states.step(run.folder, "paused")
    assert told()["waits"] == "paused"
    with Journal(run.folder) as journal:
        journal.write("layers", epoch=2, step=7, rows=64, layers=[layer("a", 0.02, 4.0), layer("b", None)])
    (run.folder / "look").unlink()
    found = told()
    assert found["when"] == "At step 7 of epoch 2, on 64 training rows."
    assert [(one["name"], one["kind"], one["ratio"], one["silent"]) for one in found["layers"]] == [
        ("a", "Dense", 0.005, "–"),
        ("b", "Dense", None, "–"),
    ]


def test_after_the_end_nobody_can_look_but_what_was_seen_stays(run: Run):
    states.step(run.folder, "done")
    assert live_layers.told(run, curves.of(run)) is None
    live_layers.acted(run, "look", None)
    assert not (run.folder / "look").exists()
    with Journal(run.folder) as journal:
        journal.write("layers", epoch=2, step=7, rows=64, layers=[layer("a", 0.02)])
    assert not (live_layers.told(run, curves.of(run)) or {"can": True})["can"]
