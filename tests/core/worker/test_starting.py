"""A run starts from another run's weights: layer by layer, told, and refused where they would mean something else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core import datasets, prepare, runs
from core.errors import RunError
from core.goal import Goal, Split
from core.graph import Graph, Layer
from core.runs import Run, again, checkpoint
from core.spec import Spec
from core.templates import SHELF
from core.words import Sentence
from tests.core.worker.runner import told

pytestmark = pytest.mark.heavy


def begun(spec: Spec, other: Run) -> tuple[dict[str, list[np.ndarray]], str]:
    """The weights that a run of this spec begins with, by layer, and what is said of them."""
    from core.worker import starting
    from core.worker.build import build

    prepared = prepare.prepare(spec.data, spec.goal)
    model = build(spec.graph, prepared.facts)
    said = str(starting.put_weights(model, prepared, other.id))
    return {layer.name: layer.get_weights() for layer in model.layers if layer.get_weights()}, said


def best(run: Run) -> list[np.ndarray]:
    with np.load(run.folder / "best.weights.npz", allow_pickle=False) as kept:
        return [kept[f"w{number}"] for number in range(len(kept.files) - 2)]


def entered(spec: Spec) -> Run:
    from core.worker import door

    run = runs.create(spec)
    door.enter(run.folder)
    return run


@pytest.fixture
def other(ask: Callable[..., Spec]) -> Run:
    return entered(ask(epochs=3, patience=100))


def test_the_same_network_starts_with_all_of_them(ask: Callable[..., Spec], other: Run):
    assert again.can_lend(other)
    now, said = begun(ask(), other)
    assert said == "All weights start from those of “Customers: yes_no”."
    flat = [array for arrays in now.values() for array in arrays]
    assert all(map(np.array_equal, flat, best(other)))


def test_a_layer_of_another_size_begins_anew_and_so_does_what_it_feeds(ask: Callable[..., Spec], other: Run):
    spec = ask()
    wider = spec.graph.replace(replace(spec.graph["hidden_1"], fields={"units": 7}))
    now, said = begun(replace(spec, graph=wider), other)
    kept, _ = begun(spec, other)
    changed = [name for name in now if [a.shape for a in now[name]] != [a.shape for a in kept[name]]]
    assert "hidden_1" in changed
    assert said.endswith(f"these layers begin anew: {', '.join(changed)}.")
    for name in set(now) - set(changed):
        assert all(map(np.array_equal, now[name], kept[name]))


def test_another_target_on_the_same_rows_begins_anew_only_at_its_answer(tmp_path: Path):
    visits = tmp_path / "visits.csv"
    days = [
        f"2026-{1 + day // 28:02d}-{1 + day % 28:02d},{day % 7},{day % 7 > 3},{day % 3}" for day in range(200)
    ]
    visits.write_text("day,size,bought,place\n" + "\n".join(days), encoding="utf-8")
    data = datasets.add(visits).id
    kinds = {"day": "date", "size": "number", "bought": "category", "place": "category"}
    split = Split(by="time", time_column="day")
    asked = []
    for target, task in (("bought", "yes_no"), ("place", "one_of_many")):
        goal = Goal(target, task, ("size",), kinds, split)
        graph = SHELF["table_network"].graph(prepare.prepare(data, goal).facts, {})
        asked.append(Spec(data, goal, "table_network", graph, {"epochs": 2}, name=target))
    _, said = begun(asked[1], entered(asked[0]))
    assert said == "Weights start from those of “bought”; these layers begin anew: answer."


@pytest.mark.parametrize("change", [{"seed": 2}, {"test": 0.3}])
def test_rows_that_the_other_has_learned_from_may_not_judge_this_one(tmp_path: Path, change: dict):
    # Whichever rows train, "basic" is the most frequent: it is read alike however the rows are divided.
    plans = ["plus" if row % 5 == 0 else "basic" for row in range(200)]
    lines = [f"{plan},{'yes' if row % 3 else 'no'}" for row, plan in enumerate(plans)]
    table = tmp_path / "plans.csv"
    table.write_text("plan,bought\n" + "\n".join(lines), encoding="utf-8")
    data = datasets.add(table).id
    goal = Goal("bought", "yes_no", ("plan",), {"plan": "category", "bought": "category"})
    graph = SHELF["table_network"].graph(prepare.prepare(data, goal).facts, {})
    spec = Spec(data, goal, "table_network", graph, {"epochs": 1}, name="Plans")
    divided = replace(goal, split=replace(goal.split, **change))
    with pytest.raises(RunError, match="has learned from rows that this run keeps apart"):
        begun(replace(spec, goal=divided), entered(spec))


def test_other_columns_are_refused(ask: Callable[..., Spec], other: Run):
    spec = ask()
    fewer = replace(spec.goal, inputs=spec.goal.inputs[:-1])
    with pytest.raises(RunError, match="reads its columns otherwise") as refused:
        begun(replace(spec, goal=fewer), other)
    assert "Choose the same columns" in str(refused.value.fix)


def test_a_drawing_that_shares_nothing_is_refused(ask: Callable[..., Spec], other: Run):
    layers = (
        Layer("numbers", "input", fields={"source": "numbers"}),
        Layer("strange", "dense", ("numbers",), {"units": 3}),
        Layer("last", "output", ("strange",)),
    )
    with pytest.raises(RunError, match="No layer of this drawing"):
        begun(replace(ask(), graph=Graph(layers)), other)


@pytest.mark.parametrize("content", [None, b"", b"not a file of ours"])
def test_weights_that_cannot_be_read_are_refused(ask: Callable[..., Spec], other: Run, content: bytes | None):
    path = other.folder / "best.weights.npz"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RunError, match="cannot be read"):
        begun(ask(), other)


def test_a_run_that_starts_so_is_better_from_its_first_epoch_and_says_so(
    ask: Callable[..., Spec], other: Run
):
    first = told(other, "epoch")[0]["val_loss"]
    ours = entered(replace(ask(epochs=1), starts_from=other.id))
    assert ours.state().name == "done"
    assert told(ours, "epoch")[0]["val_loss"] < first
    said = [str(Sentence.from_json(event["text"])) for event in told(ours, "message")]
    assert said[0] == "All weights start from those of “Customers: yes_no”."
    assert checkpoint.exists(ours.folder)


def test_a_run_that_is_gone_ends_it_with_a_sentence(ask: Callable[..., Spec], other: Run):
    runs.delete(other)
    ours = entered(replace(ask(epochs=1), starts_from=other.id))
    assert ours.state().name == "failed"
    assert "There is no run" in str(ours.state().reason)
