"""A network that learns once more with all rows is what Keras makes of these rows, and no figure of it is too good."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core import prepare, runs
from core.runs import Run, states
from core.runs.events import Journal
from core.spec import Spec
from core.words import Sentence
from tests.core.worker.runner import told

pytestmark = pytest.mark.heavy
SETTINGS = {"batch_size": 64, "epochs": 4, "patience": 4, "jit_compile": "off", "mixed_precision": "off"}


def train(spec: Spec, outside: Callable[[Path], str] = lambda folder: "") -> Run:
    run = runs.create(spec)
    states.step(run.folder, "starting")
    states.step(run.folder, "running")
    return work(run, outside)


def work(run: Run, outside: Callable[[Path], str] = lambda folder: "") -> Run:
    from core.worker import limits
    from core.worker import train as worker

    with Journal(run.folder) as journal:
        ended, reason = worker.run(run.folder, journal, lambda: outside(run.folder))
    if ended not in limits.GOING:
        states.step(run.folder, ended, reason)
    return run


def learns_once_more(folder: Path) -> bool:
    return any(event["stage"] == "once_more" for event in told(runs.load(folder.name), "stage"))


def weights(run: Run) -> list[np.ndarray]:
    """Of the model that is taken away."""
    import keras

    return keras.saving.load_model(run.folder / "model.keras").get_weights()


def by_keras(run: Run) -> list[np.ndarray]:
    """The same network, trained by Keras itself, batch after batch, on training and validation rows."""
    import keras

    from core.worker.build import build
    from core.worker.loop import row_order
    from core.worker.objective import compile_model

    spec = run.spec()
    ready = prepare.prepare(spec.data, spec.goal)
    sides = [ready.arrays(side) for side in ("train", "validation")]
    inputs = {name: np.concatenate([np.asarray(side[name]) for side, _ in sides]) for name in sides[0][0]}
    truth = np.concatenate([np.asarray(truth) for _, truth in sides])
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.graph, ready.facts)
    settings, size = spec.settings(ready.facts), SETTINGS["batch_size"]
    compile_model(model, spec.goal.task, settings, -(-len(truth) // size))
    for epoch in range(1, run.results()["best_epoch"] + 1):
        order = row_order(spec.seed, epoch, len(truth))
        for at in range(0, len(order), size):
            some = order[at : at + size]
            model.train_on_batch([inputs[tensor.name][some] for tensor in model.inputs], truth[some])
    model.optimizer.finalize_variable_values(model.trainable_variables)
    return model.get_weights()


@pytest.mark.parametrize("task", ["yes_no", "amount"])
def test_it_is_what_keras_makes_of_training_and_validation_rows(ask: Callable[..., Spec], task: str):
    run = train(ask(task, once_more="on", **SETTINGS))
    found, expected = weights(run), by_keras(run)
    calibrated = run.results()["temperature"]
    if calibrated and calibrated["kept"]:
        expected[-2:] = [array / calibrated["temperature"] for array in expected[-2:]]
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-4, atol=2e-5)


def test_what_validation_rows_decide_is_decided_by_the_network_that_never_saw_them(ask: Callable[..., Spec]):
    plain, twice = (train(ask("yes_no", once_more=once_more, **SETTINGS)) for once_more in ("off", "on"))
    first, second = plain.results(), twice.results()
    assert first["once_more"] is None
    assert second["metrics"]["validation"] == pytest.approx(first["metrics"]["validation"], abs=1e-6)
    assert second["temperature"] == first["temperature"]
    assert second["metrics"]["test"] != first["metrics"]["test"]
    # Baselines have learned from as many rows, so that the comparison is fair.
    assert second["metrics"]["baselines"]["linear"] != first["metrics"]["baselines"]["linear"]
    counts = second["rows"]
    said = str(Sentence.from_json(second["once_more"]["text"]))
    assert f"{counts['train'] + counts['validation']:,} rows instead of {counts['train']:,}" in said


def test_one_who_stops_it_keeps_the_first_network(ask: Callable[..., Spec]):
    plain = train(ask("yes_no", once_more="off", **SETTINGS))
    stopped = train(
        ask("yes_no", once_more="on", **SETTINGS), lambda folder: "alone" if learns_once_more(folder) else ""
    )
    assert all(map(np.array_equal, weights(plain), weights(stopped)))
    assert "the first network stays" in str(Sentence.from_json(stopped.results()["once_more"]["text"]))
    assert stopped.results()["metrics"]["test"] == plain.results()["metrics"]["test"]


def test_a_run_that_is_interrupted_then_comes_to_the_same(ask: Callable[..., Spec]):
    undisturbed = train(ask("yes_no", once_more="on", **SETTINGS))
    left = train(
        ask("yes_no", once_more="on", **SETTINGS), lambda folder: "leave" if learns_once_more(folder) else ""
    )
    assert left.state().name == "running"
    assert not (left.folder / "results.json").exists()
    work(left)
    assert all(map(np.array_equal, weights(undisturbed), weights(left)))
    assert left.results()["metrics"]["test"] == undisturbed.results()["metrics"]["test"]
