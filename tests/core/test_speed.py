"""What this machine can do is measured once, and a network's time follows from it."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core import home, speed
from core.graph import Layer, measure
from core.layers import SHELF
from core.templates import table_network
from tests.core.graph.drawings import FACTS, drawing

MODE = {
    "step": 1e-4, "layer": 1e-5, "weight": 1e-9, "number": 1e-10, "place": 1e-5,
    "operation": {"dense": [[1e5, 4e-11], [1e7, 1e-11]], "bend": [[1e5, 1e-9]], "recurrent": [[1e6, 2e-11]]},
}  # fmt: skip
COMPILED = {**MODE, "step": 1e-5}


@pytest.fixture
def measured(workspace: Path) -> dict[str, Any]:
    """A table as if it had been measured here."""
    table = {"machine": speed.machine(), "epoch": 0.02, "plain": MODE, "compiled": COMPILED}
    home.write_json(speed.path(), table)
    return table


def seconds(units: int = 64, rows: int = 4_900, batch_size: int = 128) -> float | None:
    graph = drawing(
        "numbers: input", "hidden: dense < numbers", "answer: output < hidden", hidden={"units": units}
    )
    facts = {**FACTS, "rows": {"train": rows, "validation": 0}}
    return speed.seconds_per_epoch(measure(graph, facts), facts, batch_size)


def test_nothing_is_foretold_before_it_was_measured(workspace: Path):
    assert speed.table() is None
    assert seconds() is None


def test_a_table_of_another_machine_does_not_count(measured: dict[str, Any]):
    assert speed.table() is not None
    home.write_json(speed.path(), {**measured, "machine": {**measured["machine"], "cores": "512"}})
    assert speed.table() is None


def test_a_broken_drawing_takes_no_time_that_could_be_told(measured: dict[str, Any]):
    assert speed.seconds_per_epoch(measure(drawing("answer: output < nobody"), FACTS), FACTS, 32) is None


def test_more_of_everything_takes_longer(measured: dict[str, Any]):
    assert seconds() < seconds(units=512) < seconds(units=512, rows=9_800)
    assert seconds(batch_size=32) > seconds(batch_size=256)


def test_a_batch_larger_than_all_rows_is_one_step(measured: dict[str, Any]):
    assert seconds(rows=100, batch_size=100) == pytest.approx(seconds(rows=100, batch_size=60_000))


@pytest.mark.parametrize(
    ("count", "expected"), [(1, 4e-11), (1e5, 4e-11), (1e6, 2e-11), (1e7, 1e-11), (1e12, 1e-11)]
)
def test_between_two_measured_points_the_speed_is_in_between(count: float, expected: float):
    assert speed.at(MODE["operation"]["dense"], count) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("kind", "steps", "pays"),
    [
        ("flatten", 10, False),
        ("flatten", 200, True),
        ("lstm", 200, True),
        ("transformer_encoder", 200, True),
        ("global_average_pooling_1d", 200, True),
        ("conv_1d", 200, False),
        ("max_pooling_1d", 200, False),
        ("time_distributed", 200, True),
    ],
)
def test_compiling_pays_for_many_steps_unless_neighbours_are_looked_at(kind: str, steps: int, pays: bool):
    report = measure(
        drawing("categories: input", "codes: embedding < categories", f"it: {kind} < codes"), FACTS
    )
    assert report.layers["it"].shape
    assert speed.worth_compiling(report, steps, 120) is pays


@pytest.mark.parametrize(
    "kind", ["random_rotation", "random_zoom", "random_translation", "resizing", "up_sampling_2d"]
)
def test_pictures_are_never_compiled(kind: str):
    lines = ("numbers: input", "picture: reshape < numbers", f"it: {kind} < picture")
    report = measure(drawing(*lines, picture={"target_shape": [19, 3, 1]}), FACTS)
    assert report.layers["it"].shape
    assert not speed.worth_compiling(report, 200, 120)


def test_a_convolution_for_every_step_counts_as_one():
    lines = ("numbers: input", "film: reshape < numbers", "it: time_distributed < film")
    fields = {"film": {"target_shape": [3, 19, 1, 1]}, "it": {"layer": "conv_2d"}}
    report = measure(drawing(*lines, **fields), FACTS)
    assert report.layers["it"].shape == (3, 19, 1, 32)
    assert not speed.worth_compiling(report, 200, 120)


def test_the_parts_of_a_block_count_and_not_the_block():
    graph = drawing(
        "categories: input", "codes: embedding < categories", "block: transformer_encoder < codes"
    )
    kinds = [layer.kind for layer in speed.leaves(measure(graph, FACTS))]
    assert "transformer_encoder" not in kinds
    assert any(speed.sort_of(kind) == "attention" for kind in kinds)


@pytest.mark.parametrize("kind", list(SHELF))
def test_every_kind_has_a_sort(kind: str):
    sorts = {
        "input",
        "dense",
        "conv",
        "depthwise",
        "pool",
        "attention",
        "recurrent",
        "bend",
        "norm",
        "random",
        "noise",
    }
    assert speed.sort_of(kind) in sorts | {""}


def test_a_template_is_foretold_within_reason(measured: dict[str, Any]):
    graph = table_network.graph(FACTS, {})
    assert 0.001 < speed.seconds_per_epoch(measure(graph, FACTS), FACTS, 128) < 10


def test_a_layer_more_costs_more(measured: dict[str, Any]):
    graph = table_network.graph(FACTS, {})
    longer = replace(graph["answer"], inputs=("more",))
    last = graph["answer"].inputs[0]
    more = type(graph)((*[layer for layer in graph.layers if layer.name != "answer"],
                        Layer("more", "dense", (last,), {"units": 256}), longer))  # fmt: skip
    told = [speed.seconds_per_epoch(measure(g, FACTS), FACTS, 128) for g in (graph, more)]
    assert told[0] < told[1]


def test_only_one_measures_at_a_time(workspace: Path):
    assert not speed.being_measured()
    holder = subprocess.Popen(
        [sys.executable, "-c", "from core import speed\nwith speed.lock():\n print(1, flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=speed.ROOT,
    )  # fmt: skip
    with holder:
        holder.stdout.readline()
        assert speed.being_measured()
        speed.ensure()
        assert not speed._started
        holder.communicate(b"\n")
    assert not speed.being_measured()


@pytest.mark.heavy
def test_measuring_writes_a_whole_table_in_the_background(workspace: Path):
    speed.ensure()
    speed.ensure()
    (process,) = speed._started
    try:
        assert process.wait(300) == 0, (home.folder() / "speed.log").read_text()
    finally:
        process.kill()
    speed._started.clear()
    table = speed.table()
    assert table is not None
    assert json.loads(json.dumps(table)) == table
    for mode in ("plain", "compiled"):
        assert table[mode]["step"] > 0
        assert all(cost > 0 for points in table[mode]["operation"].values() for _, cost in points)
    assert 0 < seconds() < 60
    speed.ensure()  # nothing left to do
    assert not speed._started
