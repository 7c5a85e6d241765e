"""The shelf's contract: every baseline answers every task in the network's form, whatever the columns are."""

from pathlib import Path

import numpy as np
import pytest

from core import home, prepare
from core.baselines import SHELF, suiting
from core.baselines._question import Question
from core.tasks import SHELF as TASKS
from tests.core.tables import customers, goal

pytestmark = pytest.mark.heavy
GOALS = [
    goal("left", "yes_no"),
    goal("size", "one_of_many"),
    goal("price", "amount"),
    goal("age", "count", ("plan", "since", "price")),
    goal("price", "amount_range"),
    goal("size", "ordered"),
    goal("left", "yes_no", ("plan",)),
    goal("price", "amount", ("age",)),
]
EVERY_CASE = [(name, asked) for name in suiting("yes_no") for asked in GOALS]


def question(asked, folder: Path, rows: int = 600) -> Question:
    table = customers(rows)
    prepare.make(table, asked, folder)
    sides = np.load(folder / "split.npz")
    made = home.read_json(folder / "recipes.json")
    truth = np.load(folder / "train_y.npy")
    return Question(asked.task, made, table.iloc[sides["train"]], truth, table.iloc[sides["test"]])


def measure(asked: Question, outputs: np.ndarray) -> float:
    task, target = TASKS[asked.task], asked.recipes["target"]
    return task.metrics(target, task.encode_target(target, asked.test[target["column"]]), outputs)[task.MAIN]


@pytest.mark.parametrize(
    ("name", "asked"), EVERY_CASE, ids=lambda v: v if isinstance(v, str) else f"{v.task}-{len(v.inputs)}"
)
def test_it_answers_in_the_networks_form(name: str, asked, tmp_path: Path):
    made = question(asked, tmp_path)
    outputs = SHELF[name].answer(made)
    assert outputs.shape == (len(made.test), TASKS[asked.task].units(made.recipes["target"]))
    assert np.isfinite(outputs).all()
    if TASKS[asked.task].FORM == "classes":
        assert ((outputs >= 0) & (outputs <= 1)).all()


@pytest.mark.parametrize("asked", GOALS[:6], ids=lambda g: g.task)
@pytest.mark.parametrize("name", ["linear", "gradient_boosting"])
def test_it_learns_what_there_is_to_learn(name: str, asked, tmp_path: Path):
    made = question(asked, tmp_path)
    guess = measure(made, SHELF["most_frequent"].answer(made))
    assert measure(made, SHELF[name].answer(made)) > guess + 0.15


def test_a_class_that_the_sample_missed_still_has_its_place(tmp_path: Path):
    made = question(goal("size", "one_of_many"), tmp_path)
    some = np.flatnonzero(made.truth != 0)
    fewer = Question(made.task, made.recipes, made.train.iloc[some], made.truth[some], made.test)
    for name in suiting("one_of_many"):
        outputs = SHELF[name].answer(fewer)
        assert outputs.shape[1] == 3
        assert (outputs[:, 0] == 0).all()


def test_large_tables_are_sampled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    made = question(goal(), tmp_path)
    monkeypatch.setattr("core.baselines._question.MOST_ROWS", 100)
    assert len(made.sample().train) == len(made.sample().truth) == 100
    assert made.sample().train.index.tolist() == made.sample().train.index.tolist()
