"""Real supervisors in workspaces of the tests' own, and what tests wait for."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
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

    def submit(**training: Any) -> Run:
        run = runs.create(make_spec(tmp_path / "customers.csv", "yes_no", **training))
        runs.submit(run)
        return run

    yield submit
    assert runs.stop_supervisor()


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace with a supervisor that several tests use one after the other."""
    place = tmp_path_factory.mktemp("supervised")
    write_table(place / "customers.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(place / "workspace"))
        runs.ensure_supervisor()
    yield place
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(place / "workspace"))
        assert runs.stop_supervisor()


@pytest.fixture
def ask(shared: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Run]]:
    """Puts a run on the small table into the shared queue; what is left of it at the end is discarded."""
    monkeypatch.setenv("MODELYARD_HOME", str(shared / "workspace"))
    made: list[Run] = []

    def submit(device: str = "", **training: Any) -> Run:
        spec = make_spec(shared / "customers.csv", "yes_no", **training)
        made.append(runs.create(replace(spec, device=device)))
        runs.submit(made[-1])
        return made[-1]

    yield submit
    left = [run for run in made if run.folder.exists() and not run.state().ended]
    for run in left:
        runs.discard(run)
    until(lambda: not any(run.folder.exists() for run in left))
