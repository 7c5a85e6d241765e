"""A network that learns once more with all rows is what Keras makes of these rows, and no figure of it is too good."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    model, inputs, truth = begun(run)
    for epoch in range(1, run.results()["once_more"]["epochs"] + 1):
        learn(model, inputs, truth, epoch)
    model.optimizer.finalize_variable_values(model.trainable_variables)
    return model.get_weights()


def begun(
    run: Run, rows: Callable[[np.ndarray], np.ndarray] = lambda truth: np.ones(len(truth), bool)
) -> Any:
    """The network before it learns, ready for those of all rows that are chosen, and these rows."""
    import keras

    from core.worker.build import build
    from core.worker.objective import compile_model

    spec = run.spec()
    ready = prepare.prepare(spec.data, spec.goal)
    sides = [ready.arrays(side) for side in ("train", "validation")]
    inputs = {name: np.concatenate([np.asarray(side[name]) for side, _ in sides]) for name in sides[0][0]}
    truth = np.concatenate([np.asarray(truth) for _, truth in sides])
    chosen = rows(truth)
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.graph, ready.facts)
    compile_model(model, spec.goal.task, spec.settings(ready.facts), -(-len(truth) // SETTINGS["batch_size"]))
    return model, {name: array[chosen] for name, array in inputs.items()}, truth[chosen]


def learn(model: Any, inputs: dict[str, np.ndarray], truth: np.ndarray, epoch: int) -> None:
    from core.worker.loop import row_order

    order, size = row_order(1, epoch, len(truth)), SETTINGS["batch_size"]
    for at in range(0, len(order), size):
        some = order[at : at + size]
        model.train_on_batch([inputs[tensor.name][some] for tensor in model.inputs], truth[some])


def judged(model: Any, inputs: dict[str, np.ndarray], truth: np.ndarray) -> float:
    """The loss of the averaged weights on these rows."""
    latest = model.get_weights()
    model.optimizer.finalize_variable_values(model.trainable_variables)
    loss = model.evaluate([inputs[tensor.name] for tensor in model.inputs], truth, verbose=0)
    model.set_weights(latest)
    return loss


@pytest.mark.parametrize("task", ["yes_no", "amount"])
def test_it_is_what_keras_makes_of_training_and_validation_rows(ask: Callable[..., Spec], task: str):
    run = train(ask(task, once_more="on", **SETTINGS))
    found, expected = weights(run), by_keras(run)
    calibrated = run.results()["temperature"]
    if calibrated and calibrated["kept"]:
        expected[-2:] = [array / calibrated["temperature"] for array in expected[-2:]]
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-4, atol=2e-5)


def test_of_few_rows_it_learns_as_long_as_was_best_in_five_divisions_of_them(ask: Callable[..., Spec]):
    from core.spec import DIVISIONS
    from core.worker.divisions import parts

    run = train(
        ask("yes_no", once_more="on", **{**SETTINGS, "epochs": 8, "patience": 8, "learning_rate": 0.05})
    )
    losses = []
    for number in range(DIVISIONS):
        model, *learned = begun(run, lambda truth, out=number: parts(truth, 1) != out)
        _, *kept = begun(run, lambda truth, out=number: parts(truth, 1) == out)
        losses.append([learn(model, *learned, epoch) or judged(model, *kept) for epoch in range(1, 9)])
    best = int(np.argmin(np.mean(losses, axis=0))) + 1
    assert best < 8  # else there was nothing to choose
    assert run.results()["once_more"]["epochs"] == best
    assert f"for {best} epochs, which was best in 5 divisions" in str(
        Sentence.from_json(run.results()["once_more"]["text"])
    )


def test_parts_are_alike_in_size_and_in_what_the_answers_are():
    from core.spec import DIVISIONS
    from core.worker.divisions import best_epoch, parts

    answers = np.array([0] * 60 + [1] * 30 + [2] * 11)
    found = parts(answers, 1)
    counts = [np.bincount(answers[found == number], minlength=3) for number in range(DIVISIONS)]
    assert np.ptp(counts, axis=0).max() <= 1
    assert np.bincount(found).min() >= len(answers) // DIVISIONS
    assert (parts(answers, 1) == found).all()
    assert not (parts(answers, 2) == found).all()
    # One that ended sooner stays as it was last.
    assert best_epoch([[3.0, 1.0, 2.0], [3.0, 2.0, 1.5, 1.0]]) == 2


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
    assert second["once_more"]["epochs"] > 0


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
