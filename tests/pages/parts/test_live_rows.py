"""A few rows are shown in the user's own terms, epoch by epoch."""

import shutil
from collections.abc import Callable

import pytest

from core import datasets, runs
from core.goal import Goal
from core.graph import Graph
from core.projects import Project
from core.runs import Run, states
from core.runs.events import Journal
from core.spec import Spec
from pages.parts import curves, live_rows
from pages.parts.curves import MOST_ROWS_KEPT

Tell = Callable[..., None]


@pytest.fixture
def run(project: Project) -> Run:
    return runs.create(Spec(project.data, Goal.from_json(project.goal), "", Graph(()), {}))


@pytest.fixture
def tell(run: Run) -> Tell:
    """Writes what the worker tells of one row, or of several, in one epoch."""

    def write(epoch: int, *rows: dict, best: bool = False, end: bool = False) -> None:
        with Journal(run.folder) as journal:
            journal.write("epoch", epoch=epoch, loss=1.0, val_loss=1.0, seconds=1.0, best=best)
            journal.write("rows", epoch=epoch, rows=list(rows))
            if end:
                for name in ("starting", "running", "done"):
                    states.step(run.folder, name)
                journal.write("end", state="done")

    return write


def answered(answer: str, chance: float) -> dict:
    return {
        "row": 7, "group": "worst", "truth": "Adelie", "answer": answer, "chance": chance, "loss": 1.0,
    }  # fmt: skip


def amount(truth: float, answer: float | None) -> dict:
    return {"row": 0, "group": "random", "truth": truth, "answer": answer, "loss": 1.0}


def told(run: Run) -> dict:
    found = live_rows.told(run, curves.of(run))
    assert found is not None
    return found


def test_nothing_is_shown_before_the_first_epoch_has_ended(run: Run):
    assert live_rows.told(run, curves.of(run)) is None


def test_the_user_knows_the_row_by_its_cells_and_sees_how_it_went(run: Run, tell: Tell, project: Project):
    tell(1, answered("Gentoo", 0.25))
    tell(2, answered("Adelie", 0.9971))
    (row,) = told(run)["rows"]
    table = datasets.table(project.data)
    assert row["number"] == "Row 8"
    assert row["cells"] == [table[name][7] for name in told(run)["columns"]]
    assert 0 < len(row["cells"]) <= 6
    assert (row["truth"], row["answer"], row["chance"]) == ("Adelie", "Adelie", "> 99% for the true answer")
    assert (row["values"], told(run)["epochs"]) == ([0.25, 0.9971], [1, 2])
    assert (row["verdict"], row["mark"]) == ("right", "right")
    assert row["described"] == "Chance of the true answer: 25% at epoch 1, > 99% at epoch 2."


def test_after_the_end_the_kept_epoch_is_shown(run: Run, tell: Tell):
    tell(1, answered("Gentoo", 0.25))
    tell(2, answered("Adelie", 0.9), best=True)
    tell(3, answered("Gentoo", 0.3))
    assert (told(run)["now"], told(run)["rows"][0]["mark"]) == (3, "wrong")
    tell(4, answered("Gentoo", 0.2), end=True)
    assert (told(run)["now"], told(run)["rows"][0]["mark"]) == (2, "right")
    assert told(run)["epochs"] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("truth", "answer", "verdict", "mark"),
    [
        (100.0, 100.2, "nearly exact", "right"),
        (100.0, 112.34, "12.3 too high", "high"),
        (4000.0, 1500.0, "2,500 too low", "low"),
        (0.0, 0.0, "nearly exact", "right"),
        (-5.0, -7.0, "2 too low", "low"),
        (5.0, None, "no number", "wrong"),
    ],
)
def test_an_amount_is_so_much_too_high_or_too_low(
    run: Run, tell: Tell, truth: float, answer: float | None, verdict: str, mark: str
):
    tell(1, amount(truth, answer))
    (row,) = told(run)["rows"]
    assert (row["verdict"], row["mark"], row["line"]) == (verdict, mark, truth)


def test_a_long_training_keeps_few_points_with_the_first_the_best_and_the_last(run: Run, tell: Tell):
    for epoch in range(1, 1_001):
        tell(epoch, amount(1.0, float(epoch)), best=epoch == 700)
    found = told(run)
    assert len(found["epochs"]) <= 60
    assert (found["epochs"][0], found["epochs"][-1]) == (1, 1_000)
    assert len(curves.of(run).rows) <= MOST_ROWS_KEPT
    tell(1_001, amount(1.0, 5.0), end=True)
    assert told(run)["now"] == 700


def test_rows_of_a_data_set_that_is_gone_are_shown_without_cells(run: Run, tell: Tell, project: Project):
    tell(1, answered("Adelie", 0.5))
    live_rows._cells.cache_clear()
    shutil.rmtree(datasets.folder(project.data))
    assert (told(run)["columns"], told(run)["rows"][0]["cells"]) == ([], [])


@pytest.mark.parametrize("rows", [[0], [343, 0, 5, 5], []])
def test_only_the_rows_that_are_asked_for_come_out_of_the_table(project: Project, rows: list[int]):
    table = datasets.table(project.data)
    assert datasets.cells(project.data, rows, ["Species", "Sex"]) == [
        [table["Species"][row], table["Sex"][row]] for row in rows
    ]
