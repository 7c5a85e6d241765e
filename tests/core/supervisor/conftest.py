"""Real supervisors in workspaces of the tests' own, and what tests wait for."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core import home, runs
from core.runs import Run
from tests.core.conftest import make_spec, write_table

ENDLESS = {"epochs": 10_000, "patience": 10_000}


def until(holds: Callable[[], bool], seconds: float = 90.0) -> None:
    """Wait for something that must happen."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.02)


def trains(run: Run) -> Callable[[], bool]:
    return lambda: any(event["kind"] == "epoch" for event in run.events()[0])


def ended(run: Run) -> Callable[[], bool]:
    return lambda: run.state().ended


def supervisor_pid() -> int:
    until(lambda: (home.folder() / "supervisor.json").exists())
    return home.read_json(home.folder() / "supervisor.json")["pid"]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Puts a run into a queue of this test's own; whoever still serves it at the end is ended."""
    write_table(tmp_path / "customers.csv")

    def submit(device: str = "", **training: Any) -> Run:
        from dataclasses import replace

        spec = make_spec(tmp_path / "customers.csv", "yes_no", **training)
        run = runs.create(replace(spec, device=device))
        runs.submit(run)
        return run

    yield submit
    assert runs.stop_supervisor()
