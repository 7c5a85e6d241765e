"""How many runs train at a time, and on what."""

import pytest

from core import devices
from core.supervisor import slots


@pytest.mark.parametrize(("asked", "count"), [("", 1), ("1", 1), ("3", 3), ("0", 1), ("-2", 1), ("many", 1)])
def test_on_the_processor_one_run_trains_at_a_time_or_as_many_as_are_wanted(
    monkeypatch: pytest.MonkeyPatch, asked: str, count: int
):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    monkeypatch.setenv(slots.AT_ONCE, asked)
    assert [(slot.device, slot.on_wish) for slot in slots.every()] == [(devices.CPU, False)] * count


@pytest.mark.parametrize(("at_once", "threads"), [("1", "6"), ("2", "3"), ("4", "1"), ("9", "1")])
def test_runs_that_share_the_processor_share_its_cores(
    monkeypatch: pytest.MonkeyPatch, at_once: str, threads: str
):
    monkeypatch.setenv("MODELYARD_CORES", "6")
    monkeypatch.setenv(slots.AT_ONCE, at_once)
    assert slots.environment(devices.CPU)["OMP_NUM_THREADS"] == threads
    assert slots.environment(devices.CPU)["CUDA_VISIBLE_DEVICES"] == "-1"
