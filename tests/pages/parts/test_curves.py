"""Curves: what is read from a run's events, and what the browser gets of it."""

from pathlib import Path

import pytest

from core.runs import Run
from core.runs.events import Journal
from pages.parts import curves


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run("20260101-000000-0000000a", tmp_path)


def begin(journal: Journal, steps: int = 10) -> None:
    journal.write(
        "begin", device="CPU", rows=100, steps_per_epoch=steps, epochs=5, minutes=1, metric="r2", weights=7
    )


def test_a_run_without_events_has_empty_curves(run: Run):
    picture = curves.of(run).picture()
    assert picture["steps"] == {"at": [], "loss": []}
    assert picture["epochs"] == {"epoch": [], "step": [], "loss": [], "val_loss": []}
    assert picture["best"] is None


def test_losses_are_spread_over_the_steps_since_the_last_event(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        journal.write("steps", epoch=1, step=4, losses=[4.0, 3.0])
        journal.write("steps", epoch=1, step=10, losses=[2.0, 1.5, 1.0])
    picture = curves.of(run).picture()
    assert picture["steps"] == {"at": [2, 4, 6, 8, 10], "loss": [4.0, 3.0, 2.0, 1.5, 1.0]}
    assert picture["perEpoch"] == 10


def test_only_what_is_new_is_read(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        followed = curves.of(run)
        journal.write("epoch", epoch=1, loss=1.0, val_loss=1.1, r2=0.1, val_r2=0.2, best=True)
        followed.follow()
        journal.write("epoch", epoch=2, loss=0.9, val_loss=1.2, r2=0.2, val_r2=0.1, best=False)
        followed.follow()
    assert followed.picture()["epochs"] == {
        "epoch": [1, 2], "step": [None, None], "loss": [1.0, 0.9], "val_loss": [1.1, 1.2],
        "r2": [0.1, 0.2], "val_r2": [0.2, 0.1],
    }  # fmt: skip
    assert followed.picture()["best"] == 1


def test_a_long_run_is_thinned_and_keeps_its_peaks_and_its_end(run: Run):
    with Journal(run.folder) as journal:
        begin(journal, steps=1_000)
        losses = [1.0] * 5_000
        losses[1_234] = 99.0
        journal.write("steps", epoch=1, step=5_000, losses=losses)
        for epoch in range(1, 3_002):
            journal.write(
                "epoch", epoch=epoch, loss=1.0, val_loss=1.0, r2=0.0, val_r2=0.0, best=epoch == 1_500
            )
    picture = curves.of(run).picture()
    assert len(picture["steps"]["at"]) <= curves.MOST_POINTS
    assert max(picture["steps"]["loss"]) == 99.0
    assert picture["latest"] == (5_000, 1.0)
    assert len(picture["epochs"]["epoch"]) <= curves.MOST_POINTS + 2
    assert {1_500, 3_001} <= set(picture["epochs"]["epoch"])


def test_a_loss_that_is_no_number_is_left_out(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        journal.write("steps", epoch=1, step=2, losses=[float("nan"), 2.0])
    assert curves.of(run).picture()["steps"] == {"at": [2], "loss": [2.0]}


def test_every_metric_that_is_measured_has_its_curve(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        journal.write("epoch", epoch=1, loss=1.0, val_loss=1.1, r2=0.1, val_r2=0.2, val_mae=3.0, best=True)
    followed = curves.of(run)
    assert followed.metrics == ["r2", "mae"]
    assert followed.picture()["epochs"]["val_mae"] == [3.0]
    assert followed.picture()["epochs"]["mae"] == [None]


def rates(journal: Journal, *values: float) -> None:
    for step, rate in enumerate(values, start=1):
        journal.write("steps", epoch=1, step=step, losses=[1.0], learning_rate=rate)


def test_a_learning_rate_that_stays_has_no_curve(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        rates(journal, 0.1, 0.1, 0.1)
    assert curves.of(run).picture()["rates"] == {"at": [], "rate": []}


def test_a_learning_rate_that_changes_is_drawn_from_its_beginning(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        rates(journal, 0.1, 0.1, 0.1, 0.05, 0.02)
    assert curves.of(run).picture()["rates"] == {"at": [1, 3, 4, 5], "rate": [0.1, 0.1, 0.05, 0.02]}


def test_points_that_are_drawn_stay_for_a_while_when_more_come(run: Run):
    line = curves.Line()
    chosen = set()
    for step in range(1, 4_001):
        line.append(step, float(step % 7))
        chosen.add(line.changed)
        assert len(line.at) <= curves.MOST_POINTS
    assert len(chosen) < 6
    assert line.latest == (4_000, float(4_000 % 7))


def test_a_very_long_run_takes_bounded_memory_and_keeps_its_peak():
    line = curves.Line()
    for step in range(1, 3 * curves.MOST_KEPT):
        line.append(step, 99.0 if step == 1_234 else 1.0)
    assert len(line) <= curves.MOST_KEPT
    assert max(line.values) == 99.0
