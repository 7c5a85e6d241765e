"""A run goes from its spec to its results, keeps its limits, and gives the same weights again."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core import home, runs
from core.errors import GraphError
from core.graph import Graph, Layer
from core.runs import Run, folder

pytestmark = pytest.mark.heavy
FILES = ("best.weights.npz", "model.keras", "model.onnx", "recipes.json", "results.json", "samples.json")


def execute(spec) -> Run:
    from core.worker import door

    run = runs.create(spec)
    door.enter(run.folder)
    return run


def kinds(run: Run) -> list[str]:
    return [event["kind"] for event in run.events()[0]]


def weights(run: Run) -> list[np.ndarray]:
    with np.load(run.folder / "best.weights.npz", allow_pickle=False) as kept:
        return [kept[name] for name in sorted(kept.files) if name.startswith("w")]


@pytest.mark.parametrize(
    ("task", "main", "least"),
    [
        ("yes_no", "roc_auc", 0.85),
        ("one_of_many", "accuracy", 0.7),
        ("amount", "r2", 0.8),
        ("count", "d2", 0.15),
        ("amount_range", "r2", 0.8),
        ("ordered", "kappa", 0.7),
        ("many_of_many", "f1_micro", 0.7),
    ],
)
def test_every_task_goes_from_a_spec_to_results(
    trained: Callable[[str], Run], task: str, main: str, least: float
):
    run = trained(task)
    assert run.state().name == "done"
    assert all((run.folder / name).exists() for name in FILES)
    # Deleting a run from a user's own folder removes these and nothing else.
    assert {path.name for path in run.folder.iterdir()} <= {*folder.FILES, "exports"}
    results = run.results()
    assert results["main"] == main
    assert results["metrics"]["test"][main] > least
    told = kinds(run)
    assert (told[0], told[-1]) == ("stage", "end")
    begin = next(event for event in run.events()[0] if event["kind"] == "begin")
    assert begin["metric"] == main
    epochs = [event for event in run.events()[0] if event["kind"] == "epoch"]
    assert all({"loss", "val_loss", main, f"val_{main}", "best"} <= set(epoch) for epoch in epochs)
    best = next(epoch for epoch in epochs if epoch["epoch"] == results["best_epoch"])
    assert results["metrics"]["validation"][main] == pytest.approx(best[f"val_{main}"], abs=1e-4)


@pytest.mark.parametrize("how", [{"epochs": 3}, {"epochs": 4, "batch_size": 1, "jit_compile": "on"}])
def test_the_same_spec_gives_the_same_weights(ask: Callable, how: dict):
    first, again, other = execute(ask(**how)), execute(ask(**how)), execute(ask(epochs=1, seed=2))
    assert all((a == b).all() for a, b in zip(weights(first), weights(again), strict=True))
    assert any((a != b).any() for a, b in zip(weights(first), weights(other), strict=True))


def test_what_was_measured_once_is_chosen_again_and_said(ask: Callable):
    first, again = (execute(ask(epochs=4, batch_size=1)) for _ in range(2))
    told, later = (next(e for e in run.events()[0] if e["kind"] == "choice") for run in (first, again))
    assert told["plain_seconds"] > 0
    assert {**told, "at": 0} == {**later, "at": 0}
    assert all((a == b).all() for a, b in zip(weights(first), weights(again), strict=True))


@pytest.mark.parametrize("epochs", [1, 3])
def test_the_curve_ends_where_training_ends(ask: Callable, epochs: int):
    events = execute(ask(epochs=epochs)).events()[0]
    last = {kind: next(e for e in reversed(events) if e["kind"] == kind) for kind in ("steps", "epoch")}
    assert last["steps"]["step"] == last["epoch"]["step"]


def test_a_budget_of_time_is_kept(ask: Callable):
    run = execute(ask(epochs=10_000, patience=10_000, minutes=0.05))
    assert "time was over" in str(run.state().reason)
    assert run.results()["seconds"] < 60  # it would take hours


def test_a_stop_that_waits_already_keeps_what_there_is(ask: Callable):
    run = runs.create(ask(epochs=10_000, patience=10_000))
    runs.request_stop(run)
    from core.worker import door

    door.enter(run.folder)
    assert run.state().name == "stopped"
    assert run.results()["epochs"] == 1
    assert (run.folder / "model.onnx").exists()


def test_a_loss_beyond_all_numbers_fails_with_two_sentences(ask: Callable):
    run = execute(ask("amount", epochs=50, learning_rate=10.0, patience=10_000, batch_size=1))
    state = run.state()
    if state.name == "done":  # clipping may save even this; then the loss has stayed a number
        assert np.isfinite([e["loss"] for e in run.events()[0] if e["kind"] == "epoch"]).all()
        return
    assert state.name == "failed"
    assert "learning rate" in str(state.fix)


def test_a_drawing_that_does_not_fit_fails_with_its_own_sentences(ask: Callable):
    from dataclasses import replace

    broken = replace(ask(), graph=Graph((Layer("answer", "output", ("nowhere",)),)))
    run = execute(broken)
    assert run.state().name == "failed"
    assert kinds(run)[-2:] == ["failed", "end"]
    failed = run.events()[0][-2]
    assert GraphError.from_json(failed).fix == run.state().fix


def test_what_is_our_fault_is_said_so_and_kept_in_the_log(ask: Callable, capfd: pytest.CaptureFixture):
    run = runs.create(ask())
    home.write_json(run.folder / "spec.json", {"data": "nothing"})
    from core.worker import door

    door.enter(run.folder)
    assert "not your fault" in str(run.state().reason)
    assert run.id in str(run.state().fix)
    assert "KeyError" in capfd.readouterr().err


def test_the_order_of_rows_follows_from_seed_and_epoch_alone():
    from core.worker.loop import row_order

    assert (row_order(1, 2, 50) == row_order(1, 2, 50)).all()
    assert sorted(row_order(1, 2, 50)) == list(range(50))
    assert (row_order(1, 2, 50) != row_order(1, 3, 50)).any()


def test_best_weights_are_written_whole(tmp_path: Path):
    import keras

    from core.worker.keep import Best

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    best = Best(tmp_path / "best.weights.npz")
    assert best.offer(model, 1, 0.5)
    kept = model.get_weights()
    model.set_weights([w + 1 for w in kept])
    assert not best.offer(model, 2, 0.5)
    assert not best.offer(model, 3, float("nan"))
    best.restore(model)
    assert all((a == b).all() for a, b in zip(model.get_weights(), kept, strict=True))
    assert [path.name for path in tmp_path.iterdir()] == ["best.weights.npz"]
