"""The gauges on a run's page: this machine and the run's part of it, as long as a process holds the run."""

import os

import pytest

from core import runs
from core.goal import Goal
from core.graph import Graph, Layer
from core.runs import Run, states
from core.spec import Spec
from pages.parts import curves, live_gauges


@pytest.fixture
def run() -> Run:
    goal = Goal("price", "amount", ("size",), {"size": "number", "price": "number"})
    return runs.create(Spec("data", goal, "", Graph((Layer("numbers", "input"),))))


def begin(run: Run) -> None:
    """As if this very process trained it."""
    for step in ("starting", "running"):
        states.step(run.folder, step, pid=os.getpid())


def test_a_run_that_trains_has_its_part_marked(run: Run):
    begin(run)
    told = live_gauges.told(run, curves.of(run))
    assert told is not None
    shown = {gauge["name"]: gauge for gauge in told["gauges"]}
    assert list(shown)[:2] == ["cpu", "memory"]
    assert list(shown)[-1] == "disk"
    memory = shown["memory"]
    assert memory["value"].endswith(" GB")
    assert memory["detail"].startswith("this run: ")
    assert 0 <= memory["own"] <= memory["share"] <= 100
    assert shown["disk"]["value"].endswith("free")
    assert all(len(gauge["history"]) <= 60 for gauge in told["gauges"])


def test_nothing_is_shown_while_nobody_trains_it(run: Run):
    assert live_gauges.told(run, curves.of(run)) is None
    begin(run)
    states.step(run.folder, "done")
    assert live_gauges.told(run, curves.of(run)) is None


def test_only_the_graphics_processor_of_the_run_is_shown(run: Run):
    begin(run)
    told = live_gauges.told(run, curves.of(run))
    assert told is not None
    assert not [gauge for gauge in told["gauges"] if gauge["name"].startswith("gpu")]
