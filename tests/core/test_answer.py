"""A model answers one row or many, from raw text, without TensorFlow."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from core import home, runs
from core.answer import Model
from core.errors import DataError, RunError
from core.runs import Run

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent


def test_one_row_is_answered(trained: Callable[[str], Run]):
    model = Model.open(trained("yes_no"))
    row = {"size": ["14.5"], "colour": ["red"], "class": ["a"]}
    said = model.answer(row)
    assert said["prediction"] == ["yes"]
    assert said["probabilities"].shape == (1, 2)
    assert said["probabilities"].sum() == pytest.approx(1)


@pytest.mark.parametrize("task", ["yes_no", "one_of_many", "amount"])
def test_missing_and_unseen_values_are_answers_not_crashes(trained: Callable[[str], Run], task: str):
    model = Model.open(trained(task))
    said = model.answer({"size": ["", "what?"], "colour": ["purple", ""], "class": ["", "ﬁ"]})
    assert len(said["prediction"]) == 2


def test_a_table_is_answered_row_by_row_in_order_whatever_else_it_holds(trained: Callable[[str], Run]):
    model = Model.open(trained("one_of_many"))
    rows = 20_000  # more than are asked at once
    table = pd.DataFrame({"more": ["x"] * rows, "class": ["a"] * rows, "colour": ["red"] * rows,
                          "size": [str(2 + i % 20) for i in range(rows)]})  # fmt: skip
    told: list[int] = []
    answers = model.answer_table(table, told.append)
    assert told == sorted(told)
    assert told[-1] == rows
    assert list(answers.columns) == ["prediction", *(f"p_{name}" for name in model.classes)]
    assert len(answers) == rows
    one = model.answer({"size": ["19"], "colour": ["red"], "class": ["a"]})
    assert answers["prediction"][17] == one["prediction"][0]
    assert answers[f"p_{model.classes[0]}"][19_997] == pytest.approx(one["probabilities"][0, 0], abs=1e-6)


def test_no_rows_give_no_answers(trained: Callable[[str], Run]):
    model = Model.open(trained("amount"))
    answers = model.answer_table(pd.DataFrame({name: [] for name in model.columns}, dtype=str))
    assert (list(answers.columns), len(answers)) == (["prediction"], 0)


def test_columns_that_are_not_there_are_named(trained: Callable[[str], Run]):
    with pytest.raises(DataError, match="2 columns that the model needs: “size”, “class”"):
        Model.open(trained("yes_no")).answer_table(pd.DataFrame({"colour": ["red"]}))


def test_a_run_without_a_model_says_so(tmp_path: Path):
    with pytest.raises(RunError, match="no model yet"):
        Model.open(Run("x", tmp_path))


def test_answering_loads_no_tensorflow(trained: Callable[[str], Run]):
    script = (
        "import sys; from pathlib import Path; from core.answer import Model;"
        f"Model.open(Path({str(trained('yes_no').folder)!r})).answer({{'size': ['3']}});"
        "print({'tensorflow', 'keras', 'sklearn', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_a_run_is_found_by_its_folder_alone(trained: Callable[[str], Run]):
    run = trained("yes_no")
    assert home.read_json(runs.find(run.folder).folder / "spec.json")["run"] == run.id
