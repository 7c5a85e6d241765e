"""A few rows are watched while a network learns: which, what is told of them, and that they stay the same."""

from collections.abc import Callable

import numpy as np
import pytest

from core import datasets, runs
from core.launchers import this_machine
from core.runs import Event, Run
from core.runs.checkpoint import about
from core.spec import Spec
from tests.core.worker.runner import finish, kill, start, told, until

pytestmark = pytest.mark.heavy


def groups(event: Event) -> list[str]:
    return [row["group"] for row in event["rows"]]


def execute(spec: Spec) -> Run:
    from core.worker import door

    run = runs.create(spec)
    door.enter(run.folder)
    assert run.state().name == "done"
    return run


@pytest.mark.parametrize(
    ("losses", "expected"),
    [
        ([3, 1, 2, 0, 9, 5], {3: "best", 1: "best", 4: "worst", 5: "worst", 0: "random", 2: "random"}),
        ([3.0], {0: "best"}),
        ([3, 1], {1: "best", 0: "best"}),
        ([3, 1, 2], {1: "best", 2: "best", 0: "worst"}),
        ([1, np.nan, 0, 2, np.inf], {2: "best", 0: "best", 1: "worst", 4: "worst", 3: "random"}),
    ],
)
def test_the_best_the_worst_and_some_others_are_chosen(losses: list[float], expected: dict[int, str]):
    from core.worker.watched_rows import choose

    assert dict(choose(np.array(losses), seed=1)) == expected


def test_the_same_seed_draws_the_same_rows():
    from core.worker.watched_rows import choose

    losses = np.random.default_rng(3).random(10_000)
    assert choose(losses, 7) == choose(losses, 7)
    assert choose(losses, 7) != choose(losses, 8)


@pytest.mark.parametrize("task", ["yes_no", "one_of_many", "amount", "count", "amount_range", "ordered"])
def test_every_task_tells_the_truth_and_the_answer_of_the_rows(ask: Callable[..., Spec], task: str):
    run = execute(ask(task, epochs=4))
    events = told(run, "rows")
    assert groups(events[0]) == ["best", "best", "worst", "worst", "random", "random"]
    assert [[row["row"] for row in event["rows"]] for event in events] == [
        [row["row"] for row in events[0]["rows"]]
    ] * len(events)
    target = run.spec().goal.target
    truth = datasets.table(run.spec().data, [target])[target]
    for row in events[-1]["rows"]:
        is_text = isinstance(row["truth"], str)
        assert row["truth"] == (truth[row["row"]] if is_text else pytest.approx(float(truth[row["row"]])))
        assert ("chance" in row) == is_text
        if is_text:
            assert row["loss"] == pytest.approx(-np.log(row["chance"]), abs=1e-4)
        if task == "yes_no":
            assert (row["answer"] == row["truth"]) == (row["chance"] >= 0.5)
    best = run.results()["best_epoch"]
    assert {best, run.results()["epochs"]} <= {event["epoch"] for event in events}


def test_what_is_told_of_the_best_epoch_is_what_its_weights_answer(ask: Callable[..., Spec]):
    from core.answer import Model

    run = execute(ask("amount", epochs=6))
    best = next(e for e in told(run, "rows") if e["epoch"] == run.results()["best_epoch"])
    model, table = Model.open(run), datasets.table(run.spec().data)
    for row in best["rows"]:
        cells = {name: [table[name][row["row"]]] for name in model.columns}
        assert model.answer(cells)["prediction"][0] == pytest.approx(row["answer"], rel=1e-3)


def test_many_short_epochs_write_little_but_the_first_the_best_and_the_last(ask: Callable[..., Spec]):
    run = execute(ask(epochs=60, patience=60))
    epochs = [event["epoch"] for event in told(run, "rows")]
    assert epochs == sorted(set(epochs))
    assert {1, run.results()["best_epoch"], 60} <= set(epochs)
    times = [event["at"] for event in told(run, "rows")]
    # Two may be written together; the last two wait for nothing.
    assert all(b - a > 0.4 for a, b in zip(times, times[2:-2], strict=False))


def test_a_run_that_goes_on_watches_the_rows_that_it_watched(ask: Callable[..., Spec], tmp_path):
    from core import prepare
    from core.runs.events import Journal
    from core.worker.keep import Best
    from core.worker.loop import Position
    from core.worker.watched_rows import WatchedRows

    spec = ask()
    prepared = prepare.prepare(spec.data, spec.goal)
    _, truth = prepared.arrays("validation")
    dice = np.random.default_rng(1)
    chosen = []
    for _ in range(2):  # the second one would choose others, by other answers
        with Journal(tmp_path) as journal:
            rows = WatchedRows(tmp_path, journal, prepared, Best(tmp_path / "none"), seed=1)
            rows.judged(Position(epoch=1), truth, dice.random((len(truth), 1)))
            chosen.append(rows.chosen)
    assert chosen[0] == chosen[1]


def test_a_killed_run_goes_on_with_the_same_rows(ask: Callable[..., Spec], monkeypatch: pytest.MonkeyPatch):
    for name, value in this_machine.environment().items():
        monkeypatch.setenv(name, value)
    made = this_machine.context()
    run = runs.create(ask(epochs=6, batch_size=1, patience=1_000))
    process = start(made, run, eager=True)
    until(lambda: about(run.folder) and about(run.folder)["position"]["epoch"] > 2)
    kill(process, run)
    before = told(run, "rows")[0]["rows"]
    finish(made, run)
    assert told(run, "resumed")
    places = [[row["row"] for row in event["rows"]] for event in told(run, "rows")]
    assert places == [[row["row"] for row in before]] * len(places)
    epochs = [event["epoch"] for event in told(run, "rows")]
    assert epochs == sorted(set(epochs))
    assert {1, 6} <= set(epochs)
