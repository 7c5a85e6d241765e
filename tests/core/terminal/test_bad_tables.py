"""Tables that hardly anything can be learned from: refused in two sentences before a run, or made ready all the same."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from core import datasets, prepare, runs, suggest
from core.__main__ import main

ROWS = 60
YES_NO = ["yes", "no", "no"] * 20
NUMBERS = [f"{row}.5" for row in range(ROWS)]


def table(folder: Path, **columns: Sequence[str]) -> Path:
    path = folder / "table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return path


@pytest.mark.parametrize(
    ("columns", "task", "what"),
    [
        ({"a": NUMBERS, "t": ["no"] * ROWS}, "", "says “no” in all 60 rows"),
        ({"a": NUMBERS, "t": ["3"] * ROWS}, "amount", "says “3” in all 60 rows"),
        ({"a": NUMBERS, "t": [""] * ROWS}, "", "“t” is empty"),
        ({"a": NUMBERS, "t": [""] * ROWS}, "yes_no", "“t” is empty"),
        ({"a": ["1", "2"] * 5_000, "t": [f"c{i}" for i in range(10_000)]}, "one_of_many", "10,000 different"),
        (
            {"a": NUMBERS, "t": [f"c{i}" for i in range(ROWS)]},
            "one_of_many",
            "Of 60 different answers in “t”, 60",
        ),
        ({"a": NUMBERS, "t": ["inf"] * ROWS}, "", "says “inf” in all 60 rows"),
        ({"a": NUMBERS[:1], "t": ["yes"]}, "", "in the only row that has an answer"),
        ({"a": NUMBERS[:9], "t": YES_NO[:9]}, "", "Only 9 rows have an answer"),
        ({"m": [""] * ROWS, "t": YES_NO}, "", "The only other column, “m”, cannot be used: It is empty."),
        ({"m": [""] * ROWS, "z": ["5"] * ROWS, "t": YES_NO}, "", "None of the 2 columns besides “t”"),
        ({"t": YES_NO}, "", "no column besides “t”"),
    ],
)
def test_what_cannot_be_learned_is_refused_before_a_run_begins(
    columns: dict[str, Sequence[str]],
    task: str,
    what: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    words = [
        "train",
        str(table(tmp_path, **columns)),
        "--target",
        "t",
        "--quiet",
        *(["--task", task] * bool(task)),
    ]
    assert main([word for word in words if word]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert what in error["what"]
    assert error["fix"].endswith(".")
    assert runs.everything() == []


@pytest.mark.parametrize(
    "columns",
    [
        {"a": NUMBERS, "t": ["maybe", *YES_NO[1:]]},  # a class with one row
        {"a": NUMBERS, "m": [""] * ROWS, "t": YES_NO},
        {"a": NUMBERS, "z": ["5"] * ROWS, "t": YES_NO},
        {"a": ["inf", "-inf", "1e308", "nan", *NUMBERS[4:]], "t": YES_NO},
        {"a": YES_NO, "t": ["inf", "-inf", *NUMBERS[2:]]},
        {"a": NUMBERS[::-1], "t": ["0"] * (ROWS - 1) + ["1"]},
        {"s": [f"{'good' if yes == 'yes' else 'bad'} thing of the day" for yes in YES_NO], "t": YES_NO},
    ],
)
def test_what_is_odd_but_can_be_learned_is_made_ready(columns: dict[str, Sequence[str]], tmp_path: Path):
    data = datasets.add(table(tmp_path, **columns))
    facts = datasets.profile(data.id)
    goal = suggest.suggest(facts, "t").goal
    everything = tuple(name for name in columns if name != "t")
    for inputs in {goal.inputs, everything}:
        made = prepare.prepare(data.id, suggest.Goal("t", goal.task, inputs, goal.kinds))
        arrays, truth = made.arrays("train")
        assert all(np.isfinite(array).all() for array in (*arrays.values(), truth))


@pytest.mark.heavy
def test_a_table_of_sentences_goes_the_whole_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    liked = [f"I {'love' if row % 2 else 'hate'} the food they serve at number {row}" for row in range(300)]
    path = table(tmp_path, said=liked, t=["yes" if row % 2 else "no" for row in range(300)])
    words = ["train", str(path), "--target", "t", "--epochs", "6", "--device", "cpu", "--quiet"]
    assert main(words) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["metrics"]["test"]["roc_auc"] == 1.0
    assert report["metrics"]["baselines"]["linear"]["roc_auc"] == 1.0
    asked = tmp_path / "asked.csv"
    asked.write_text('said\nI love it\nI hate it\n""\n😀\n', encoding="utf-8")
    assert main(["predict", report["run"], str(asked), "--out", str(tmp_path / "said.csv")]) == 0
    with (tmp_path / "said.csv").open(encoding="utf-8") as file:
        assert [row["prediction"] for row in csv.DictReader(file)][:2] == ["yes", "no"]
