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
    assert curves.of(run).picture() == {"steps": [[], []], "epochs": [[], [], []], "metric": "", "best": None}


def test_losses_are_spread_over_the_steps_since_the_last_event(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        journal.write("steps", epoch=1, step=4, losses=[4.0, 3.0])
        journal.write("steps", epoch=1, step=10, losses=[2.0, 1.5, 1.0])
    assert curves.of(run).picture()["steps"] == [[0.2, 0.4, 0.6, 0.8, 1.0], [4.0, 3.0, 2.0, 1.5, 1.0]]


def test_only_what_is_new_is_read(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        followed = curves.of(run)
        journal.write("epoch", epoch=1, loss=1.0, val_loss=1.1, r2=0.1, val_r2=0.2, best=True)
        followed.follow()
        journal.write("epoch", epoch=2, loss=0.9, val_loss=1.2, r2=0.2, val_r2=0.1, best=False)
        followed.follow()
    assert followed.picture()["epochs"] == [[1, 2], [1.0, 0.9], [1.1, 1.2], [0.1, 0.2], [0.2, 0.1]]
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
    assert len(picture["steps"][0]) <= curves.MOST_POINTS
    assert max(picture["steps"][1]) == 99.0
    assert len(picture["epochs"][0]) <= curves.MOST_POINTS + 1
    assert {1_500, 3_001} <= set(picture["epochs"][0])


def test_a_loss_that_is_no_number_is_left_out(run: Run):
    with Journal(run.folder) as journal:
        begin(journal)
        journal.write("steps", epoch=1, step=2, losses=[float("nan"), 2.0])
    assert curves.of(run).picture()["steps"] == [[0.2], [2.0]]
