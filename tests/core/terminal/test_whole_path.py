"""The whole path in a terminal: train, predict, export and runs, with JSON on stdout."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from core.runs import states
from tests.core.conftest import write_table

pytestmark = pytest.mark.heavy
ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace and a file that the commands of this module share."""
    place = tmp_path_factory.mktemp("terminal")
    write_table(place / "customers.csv")
    return place


def start(place: Path, *words: str) -> subprocess.Popen:
    environment = {**os.environ, "MODELYARD_HOME": str(place / "workspace"), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "core", *words],
        cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def call(place: Path, *words: str) -> tuple[int, Any, str]:
    out, progress = (process := start(place, *words)).communicate(timeout=120)
    return process.returncode, json.loads(out), progress


@pytest.fixture(scope="module")
def trained_here(place: Path) -> dict[str, Any]:
    words = ["train", "customers.csv", "--target", "price", "--epochs", "4", "--seed", "3", "--out", "mine"]
    code, said, progress = call(place, *words)
    assert code == 0, progress
    assert "Epoch 4" in progress
    return said


def test_training_says_how_good_the_model_is(place: Path, trained_here: dict[str, Any]):
    assert {"run", "folder", "task", "template", "metrics", "seconds", "epochs", "weights"} <= set(
        trained_here
    )
    assert (trained_here["task"], trained_here["template"], trained_here["state"]) == (
        "amount",
        "members_network",
        "done",
    )
    assert trained_here["folder"] == str(place / "mine")
    assert {"validation", "test", "baselines"} == set(trained_here["metrics"])
    assert trained_here["metrics"]["test"]["r2"] > 0


@pytest.mark.parametrize("by", ["run", "folder"])
def test_a_file_is_answered_row_by_row(place: Path, trained_here: dict[str, Any], by: str):
    with (place / "customers.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {name: value for name, value in row.items() if name != "price"} for row in csv.DictReader(file)
        ]
    with (place / "new.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0])[::-1])
        writer.writeheader()
        writer.writerows(rows[:7])
    code, said, _ = call(place, "predict", trained_here[by], "new.csv", "--out", "said/answers.csv")
    assert (code, said["rows"]) == (0, 7)
    lines = (place / "said" / "answers.csv").read_text(encoding="utf-8").splitlines()
    assert (lines[0], len(lines)) == ("prediction", 8)


def test_missing_columns_are_named_with_exit_code_2(place: Path, trained_here: dict[str, Any]):
    (place / "few.csv").write_text("size,colour\n1,red\n")
    code, said, told = call(place, "predict", trained_here["run"], "few.csv", "--out", "x.csv")
    assert code == 2
    assert "class" in said["error"]["what"]
    assert told.splitlines()[-2:] == [said["error"]["what"], said["error"]["fix"]]


def test_a_model_is_taken_away_with_its_proof(place: Path, trained_here: dict[str, Any]):
    code, said, _ = call(place, "export", trained_here["run"], "--format", "python_zip", "--out", "away")
    assert code == 0
    assert said["proof"]["equal"]
    assert Path(said["file"]).exists() or (place / said["file"]).exists()


def test_runs_are_listed(place: Path, trained_here: dict[str, Any]):
    code, said, _ = call(place, "runs")
    assert (code, [entry["run"] for entry in said]) == (0, [trained_here["run"]])


def test_stopping_says_where_things_stand(place: Path, trained_here: dict[str, Any]):
    assert call(place, "stop", trained_here["run"])[1] == {"run": trained_here["run"], "state": "done"}
    assert call(place, "stop")[1] == {"stopped": True}


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--target", "prize"], "prize"),
        (["--target", "price", "--task", "guessing"], "guessing"),
        (["--target", "price", "--template", "none"], "none"),
        (["--target", "price", "--epochs", "0"], "Epochs"),
        (["--target", "price", "--graph", "customers.csv"], "customers.csv"),
        (["--target", "price", "--out", "mine"], "already holds"),
    ],
)
def test_wrong_wishes_are_answered_before_training(
    place: Path, trained_here: dict[str, Any], words: list[str], what: str
):
    code, said, _ = call(place, "train", "customers.csv", *words)
    assert code == 2
    assert what in said["error"]["what"]
    assert said["error"]["fix"]


def test_answers_that_cannot_be_written_leave_nothing_behind(place: Path, trained_here: dict[str, Any]):
    (place / "folder").mkdir()
    code, said, _ = call(place, "predict", trained_here["run"], "customers.csv", "--out", "folder")
    assert code == 2
    assert "“folder”" in said["error"]["what"]
    assert not list(place.glob(".folder*"))


def test_a_drawing_that_does_not_work_makes_no_run(place: Path):
    (place / "bad.json").write_text('{"version": 1, "layers": [{"name": "answer", "kind": "output"}]}')
    words = ("--target", "price", "--graph", "bad.json", "--out", "never")
    code, said, _ = call(place, "train", "customers.csv", *words)
    assert code == 2
    assert "answer" in said["error"]["what"]
    assert not (place / "never").exists()


def test_ctrl_c_stops_and_keeps_the_best(place: Path):
    words = ("train", "customers.csv", "--target", "bought", "--epochs", "10000", "--minutes", "9")
    process = start(place, *words, "--graph", str(patient_graph(place)))
    for line in process.stderr:
        if line.startswith("Epoch"):
            break
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    said = json.loads(out)
    assert (process.returncode, said["state"]) == (0, "stopped")
    assert said["template"] == ""
    assert "test" in said["metrics"]


def test_no_worker_trains_on_when_its_terminal_is_killed(place: Path):
    words = (
        "train",
        "customers.csv",
        "--target",
        "bought",
        "--epochs",
        "10000",
        "--minutes",
        "9",
        "--out",
        "alone",
    )
    process = start(place, *words, "--graph", str(patient_graph(place)))
    for line in process.stderr:
        if line.startswith("Epoch"):
            break
    process.kill()
    process.communicate(timeout=60)
    until = time.monotonic() + 60
    while not (state := states.read(place / "alone")).ended and time.monotonic() < until:
        time.sleep(0.1)
    assert (state.name, str(state.reason)) == ("stopped", "The program that started it has ended.")


def patient_graph(place: Path) -> Path:
    """A drawing of our own, large enough to be still at work when it is interrupted."""
    layers = [
        {"name": "numbers", "kind": "input", "inputs": [], "fields": {"source": "numbers"}},
        {"name": "wide", "kind": "dense", "inputs": ["numbers"], "fields": {"units": 2048}},
        {"name": "wider", "kind": "dense", "inputs": ["wide"], "fields": {"units": 2048}},
        {"name": "answer", "kind": "output", "inputs": ["wider"], "fields": {}},
    ]
    path = place / "graph.json"
    path.write_text(json.dumps({"version": 1, "layers": layers}))
    return path
