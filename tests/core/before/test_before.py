"""Before a start it is told what a run will take, and a start that cannot work is refused with the remedy."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import before, devices, home, runs, speed
from core.before import SEVERITIES, SHELF, Asked, Objection
from core.fields import check_all
from core.goal import Goal
from core.graph import Graph, Layer
from core.prepare import Prepared
from core.runs import Run, states
from core.spec import TRAINING, Spec
from core.words import Sentence

ROOT = Path(__file__).parent.parent.parent.parent
GIGABYTE = 1_000_000_000


@pytest.fixture(autouse=True)
def on_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")


def ask(
    tmp_path: Path,
    *units: int,
    rows: int = 4_000,
    columns: int = 20,
    answers: dict[str, int] | None = None,
    device: str = "",
    **training: Any,
) -> Asked:
    """What is asked of a row of dense layers, about numbers that nobody needs to have.

    Args:
        answers: How many rows to learn from give which answer; None for an amount.
    """
    layers = [Layer("numbers", "input")]
    for number, count in enumerate(units, start=1):
        layers.append(Layer(f"hidden_{number}", "dense", (layers[-1].name,), {"units": count}))
    graph = Graph((*layers, Layer("answer", "output", (layers[-1].name,))))
    classes = None if answers is None else list(answers)
    facts = {
        "inputs": {"numbers": {"shape": [columns], "dtype": "float32"}},
        "output": {"units": len(answers or "1"), "activation": "softmax" if answers else "linear"},
        "rows": {"train": rows, "validation": rows // 5, "test": rows // 5},
        "classes": classes,
    }
    if answers is not None:
        np.save(tmp_path / "train_y.npy", np.repeat(np.arange(len(answers)), list(answers.values())))
    goal = Goal("price", "amount", ("size",), {"size": "number", "price": "number"})
    spec = Spec("data", goal, "table_network", graph, check_all(TRAINING, training), device=device)
    return before.asked(spec, Prepared("made", tmp_path, {}, facts))


def kinds(found: list[Objection]) -> list[tuple[str, str]]:
    return [(objection.severity, str(objection.what)) for objection in found]


def test_every_objection_says_what_it_looks_at():
    for name in SHELF:
        assert isinstance(SHELF[name].LABEL, Sentence)


def test_against_a_usual_start_nothing_is_said(tmp_path: Path):
    assert before.objections(ask(tmp_path, 64, 32)) == []


def test_a_usual_start_is_cheap(tmp_path: Path):
    paid = ask(tmp_path, 64, 32, epochs=20, minutes=2).cost
    assert 300_000_000 < paid.memory < 500_000_000
    assert 20_000_000 < paid.disk < 30_000_000
    assert paid.seconds_per_epoch is None
    assert paid.seconds == paid.seconds_allowed == 120 - 18


@pytest.mark.parametrize("rows", [1, 4_000, 400_000])
def test_billions_of_weights_are_refused_with_the_layer_to_mend(tmp_path: Path, rows: int):
    asked = ask(tmp_path, 60_000, 60_000, 60_000, rows=rows)
    assert asked.report.weights > 7_000_000_000
    first = before.objections(asked)[0]
    assert first.severity == "cannot"
    assert "GB of memory, and this machine has" in str(first.what)
    assert "“hidden_" in str(first.fix)
    assert first.changes == ()


def test_too_many_rows_per_step_are_refused_with_a_click_that_helps(tmp_path: Path):
    asked = ask(tmp_path, *[500] * 3, rows=400_000, columns=2_000, batch_size=65_536)
    paid = asked.cost
    crowded = replace(asked, cost=replace(paid, memory_total=paid.memory - 1, memory_free=paid.memory - 1))
    first = before.objections(crowded)[0]
    assert first.severity == "cannot"
    (change,) = first.changes
    fewer = change.training["batch_size"]
    assert 1 <= fewer < 65_536
    assert str(change.label) == f"Take {fewer:,} rows per step"
    again = ask(tmp_path, *[500] * 3, rows=400_000, columns=2_000, batch_size=fewer).cost
    assert again.memory <= 0.8 * crowded.cost.memory_total


def test_where_writing_the_model_takes_the_most_fewer_rows_are_no_remedy(tmp_path: Path):
    asked = ask(tmp_path, *[4_000] * 3, batch_size=32)
    assert asked.cost.memory > asked.cost.training
    there = asked.cost.memory - 1
    first = before.objections(
        replace(asked, cost=replace(asked.cost, memory_total=there, memory_free=there))
    )[0]
    assert first.severity == "cannot"
    assert first.changes == ()
    assert "“hidden_" in str(first.fix)


def test_memory_that_others_use_now_is_only_a_worry(tmp_path: Path):
    asked = ask(tmp_path, 64)
    found = before.objections(replace(asked, cost=replace(asked.cost, memory_free=100_000_000)))
    assert kinds(found) == [
        ("worry", "Training takes about 0.3 GB of memory, of which only 0.1 GB are free now.")
    ]


def test_a_graphics_processor_that_is_too_small_gives_way_to_the_processor(tmp_path: Path):
    asked = ask(tmp_path, 64)
    card = devices.Device("gpu:0", "Card", 2 * GIGABYTE, uuid="GPU-1")
    paid = replace(asked.cost, graphics=3 * GIGABYTE, graphics_total=2 * GIGABYTE, memory=1_000_000)
    first = before.objections(replace(asked, device=card, cost=paid))[0]
    assert str(first.what) == "Training would take about 3.0 GB of memory, and GPU 0: Card has 2.0 GB."
    assert [(change.training, change.device) for change in first.changes][-1] == ({}, "cpu")


@pytest.mark.parametrize(("free", "severity"), [(10_000_000, "cannot"), (25_000_000, "worry")])
def test_a_full_disk_is_seen_before(tmp_path: Path, free: int, severity: str):
    asked = ask(tmp_path, 64, minutes=1)
    found = before.objections(replace(asked, cost=replace(asked.cost, disk_free=free)))
    assert [objection.severity for objection in found] == [severity]
    assert "Free some space" in str(found[0].fix)


def test_the_disk_is_asked_for_all_that_a_run_keeps(tmp_path: Path):
    small, large = ask(tmp_path, 64).cost, ask(tmp_path, 4_096, 4_096).cost
    assert large.disk - small.disk > 10 * 4 * 4_096**2


def write_speed(seconds_per_step: float) -> None:
    """As if this machine had been measured."""
    mode = {
        "step": seconds_per_step,
        "weight": 0.0,
        "layer": 0.0,
        "number": 0.0,
        "place": 0.0,
        "operation": {},
    }
    table = {"machine": speed.machine(), "plain": mode, "compiled": mode, "epoch": 0.0}
    home.write_json(speed.path(), table)


def test_too_little_time_for_one_epoch_is_told_with_a_click(tmp_path: Path):
    write_speed(1.0)
    asked = ask(tmp_path, 8, rows=6_000, batch_size=10, minutes=2)
    assert asked.cost.seconds_per_epoch == pytest.approx(600)
    (found,) = before.objections(asked)
    assert str(found.what) == "One look at all rows takes about 10.0 minutes, and 2 are allowed in all."
    assert found.changes[0].training == {"minutes": 101.0}


def test_the_time_for_all_epochs_is_told_where_it_is_less_than_is_allowed(tmp_path: Path):
    write_speed(0.01)
    assert ask(tmp_path, 8, rows=1_000, batch_size=10, epochs=5).cost.seconds == pytest.approx(5.0)


def test_the_time_of_learning_once_more_is_told_too(tmp_path: Path):
    write_speed(0.01)
    given = {"batch_size": 10, "epochs": 5, "once_more": "on"}
    # Once with 1,000 rows, five times with four fifths of 1,200 rows, and once with all of them.
    assert ask(tmp_path, 8, rows=1_000, **given).cost.seconds == pytest.approx(5 * (1 + 5 * 0.96 + 1.2))
    # Of many rows those that validate say for how long by themselves.
    assert ask(tmp_path, 8, rows=2_000, **given).cost.seconds == pytest.approx(10 * (1 + 1.2))


@pytest.mark.parametrize(
    ("training", "rows", "says", "change"),
    [
        ({"batch_size": 512}, 40, "512 rows per step are asked for", {"batch_size": None}),
        ({"batch_size": 512}, 1, "there is 1 row", {"batch_size": None}),
        ({"learning_rate": 0.5}, 4_000, "The learning rate is 0.5", {"learning_rate": None}),
        ({"learning_rate": 1e-7}, 4_000, "The learning rate is 1e-07", {"learning_rate": None}),
    ],
)
def test_unusual_settings_are_told_with_a_click_back(
    tmp_path: Path, training: dict[str, Any], rows: int, says: str, change: dict[str, Any]
):
    found = before.objections(ask(tmp_path, 8, rows=rows, **training))
    assert [objection.severity for objection in found] == ["worry"]
    assert says in str(found[0].what)
    assert found[0].changes[0].training == change
    again = {name: value for name, value in {**training, **change}.items() if value is not None}
    assert before.objections(ask(tmp_path, 8, rows=rows, **again)) == []


@pytest.mark.parametrize("training", [{"batch_size": 512}, {"learning_rate": 0.01}, {"learning_rate": 1e-4}])
def test_what_others_also_do_is_no_worry(tmp_path: Path, training: dict[str, Any]):
    assert before.objections(ask(tmp_path, 8, rows=4_000, **training)) == []


def test_one_row_is_no_reason_to_refuse(tmp_path: Path):
    assert all(one.severity != "cannot" for one in before.objections(ask(tmp_path, 8, rows=1)))


def test_far_more_weights_than_rows_are_told(tmp_path: Path):
    assert kinds(before.objections(ask(tmp_path, 512, rows=20))) == [
        ("worry", "The network has 11,265 weights for 20 rows to learn from.")
    ]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"no": 3_000, "yes": 1_000}, None),
        ({"no": 3_990, "yes": 10}, None),
        ({"no": 3_993, "yes": 7}, "Only 7 rows to learn from say “yes”."),
        ({"no": 3_999, "yes": 1}, "Only 1 row to learn from says “yes”."),
        ({"a": 3_990, "b": 6, "c": 4}, "2 answers are given by fewer than 10 rows to learn from each, such as “c”."),
    ],
)  # fmt: skip
def test_answers_too_rare_to_be_learned_are_told(tmp_path: Path, answers: dict[str, int], says: str | None):
    found = before.objections(ask(tmp_path, 8, answers=answers))
    assert kinds(found) == ([("worry", says)] if says else [])


def test_a_device_that_is_gone_is_refused_with_a_click(tmp_path: Path):
    (found,) = before.objections(ask(tmp_path, 8, device="gpu:3"))
    assert found.severity == "cannot"
    assert "“gpu:3”" in str(found.what)
    assert found.changes[0].device == ""


def begun(asked: Asked, *steps: str) -> Run:
    run = runs.create(asked.spec)
    for step in steps:
        states.step(run.folder, step)
    return run


def test_a_run_that_trains_is_told_and_how_long_at_most(tmp_path: Path):
    asked = ask(tmp_path, 8, minutes=7)
    begun(asked, "starting", "running")
    (found,) = before.objections(asked)
    assert found.severity == "note"
    assert str(found.what).startswith("1 other run")
    assert "at most 7 minutes" in str(found.fix)


def test_runs_that_rest_or_have_ended_are_in_nobodys_way(tmp_path: Path):
    asked = ask(tmp_path, 8)
    begun(asked, "starting", "running", "paused")
    begun(asked, "starting", "running", "done")
    assert before.objections(asked) == []


def test_the_most_serious_comes_first(tmp_path: Path):
    asked = ask(tmp_path, *[60_000] * 3, rows=20, learning_rate=0.5, batch_size=512)
    begun(asked, "starting", "running")
    found = [SEVERITIES.index(objection.severity) for objection in before.objections(asked)]
    assert found == sorted(found)
    assert set(found) == {0, 1, 2}


def test_looking_before_a_start_loads_no_tensorflow():
    script = "import sys, core.before; [core.before.SHELF[n] for n in core.before.SHELF]; print('keras' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
