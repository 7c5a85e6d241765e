"""The gauges tell of the machine, of the run's processes and of their children, and warn in time."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import psutil
import pytest

from core import gauges
from core.gauges import GIGABYTE, Graphics, Reading

# Holds 60 MB, and so does its child; both compute until they are killed.
FAMILY = """
import os, sys
held = bytearray(os.urandom(1024)) * 60_000
print("ready" if os.fork() else "", flush=True)
while True: pass
"""
CALM = Reading(
    1.0, cpu=0.3, run_cores=0.5, memory_used=4 * GIGABYTE, memory_total=16 * GIGABYTE, run_memory=GIGABYTE,
    disk_free=90 * GIGABYTE, disk_total=500 * GIGABYTE,
)  # fmt: skip


@pytest.fixture
def family() -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-c", FAMILY], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    while process.stdout.readline().strip() != "ready":
        pass
    children = psutil.Process(process.pid).children()
    yield process.pid
    for one in (*children, process):
        one.kill()
    process.communicate()


def until(pid: int, good: Callable[[Reading], bool]) -> Reading:
    """The first reading that is good; the test's own limit of time ends what never is."""
    while not good(now := gauges.readings(pid)[-1]):
        pass
    return now


def test_a_run_is_counted_with_its_children(family: int):
    first = gauges.readings(family)[-1]
    assert first.run_cores is None
    assert 120_000_000 < first.run_memory < first.memory_total
    later = until(family, lambda one: one.at > first.at)
    assert later.run_cores is not None
    assert 0 < later.run_cores <= os.cpu_count()
    assert later.cpu is not None
    assert 0 < later.cpu <= 1
    assert 0 < later.disk_free < later.disk_total


def test_within_a_second_everybody_gets_the_same_reading():
    assert gauges.readings(0)[-1] is gauges.readings(0)[-1]


def test_a_process_that_is_gone_takes_nothing():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    now = gauges.readings(gone.pid)[-1]
    assert (now.run_memory, now.run_cores) == (0, None)


def test_a_run_that_ends_between_two_readings_takes_nothing_more(family: int):
    gauges.readings(family)
    for one in [*psutil.Process(family).children(), psutil.Process(family)]:
        one.kill()
    assert until(family, lambda one: not one.run_memory).memory_used


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"memory_used": 15.6 * GIGABYTE}, ["Only 0.4 GB of memory left"]),
        ({"memory_total": 2 * GIGABYTE, "memory_used": 1.4 * GIGABYTE}, []),
        ({"memory_total": 1000 * GIGABYTE, "memory_used": 990 * GIGABYTE}, []),
        ({"disk_free": 0.9 * GIGABYTE}, ["Only 0.9 GB of disk space left"]),
        ({"disk_free": 0.05 * GIGABYTE, "memory_used": 16 * GIGABYTE}, ["Only 0.0 GB of memory", "Only 0.1 GB of disk"]),
        ({"graphics": (Graphics("gpu:0", "Card", 1, 2, 0.5, 91, None),)}, ["Card is 91 °C hot"]),
        ({"graphics": (Graphics("gpu:0", "Card", 1, 2),)}, []),
        ({"cpu": 1.0, "run_cores": 0.1}, ["Other programs take most"]),
        ({"cpu": 1.0, "run_cores": 0.0}, []),  # paused, or testing
        ({"cpu": None, "run_cores": None}, []),
    ],
)  # fmt: skip
def test_what_somebody_should_do_something_about_is_said(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], said: list[str]
):
    monkeypatch.setenv("MODELYARD_CORES", "2")
    found = [str(sentence) for sentence in gauges.warnings([replace(CALM, **changed)] * 5)]
    assert len(found) == len(said)
    assert all(sentence.startswith(start) for sentence, start in zip(found, said, strict=True))


def test_a_short_rush_of_others_is_no_worry(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MODELYARD_CORES", "2")
    assert not gauges.warnings([CALM] + [replace(CALM, cpu=1.0, run_cores=0.1)] * 4)
