"""Runs are made, found, listed and deleted by their folders."""

from pathlib import Path

import pytest

from core import runs
from core.errors import RunError
from core.goal import Goal
from core.graph import Graph, Layer
from core.results import shown
from core.runs import states
from core.spec import Spec


def spec(project: str = "") -> Spec:
    goal = Goal("churn", "yes_no", ("tenure",), {"churn": "category", "tenure": "number"})
    return Spec("0" * 16, goal, "table_network", Graph((Layer("numbers", "input"),)), {}, project=project)


def test_a_run_remembers_what_was_asked_and_waits():
    run = runs.create(spec())
    assert runs.load(run.id).spec().goal == spec().goal
    assert run.state().name == "queued"
    assert run.spec().versions["python"]
    assert (run.results(), run.recipes(), run.proof("keras_zip")) == (None, None, None)


def test_a_run_in_a_folder_of_the_users_own_is_found_by_its_id_and_its_folder(tmp_path: Path):
    run = runs.create(spec(), tmp_path / "mine")
    assert runs.find(run.id) == runs.find(tmp_path / "mine") == run
    assert runs.everything() == [run]
    with pytest.raises(RunError, match="already holds a run"):
        runs.create(spec(), tmp_path / "mine")


@pytest.mark.parametrize("name", ["", "..", "../../etc", "20260101-000000-abcdef01", "no such run"])
def test_what_is_no_run_is_said_in_two_sentences(name: str):
    with pytest.raises(RunError) as caught:
        runs.find(name)
    assert str(caught.value.fix).startswith("Take one")


def test_runs_are_listed_latest_first_and_by_project():
    first, second = runs.create(spec("a")), runs.create(spec("b"))
    assert set(runs.everything()) == {first, second}
    assert runs.everything("b") == [second]


def test_only_a_run_that_ended_can_be_deleted():
    run = runs.create(spec())
    with pytest.raises(RunError, match="not ended"):
        runs.delete(run)
    states.step(run.folder, "stopped")
    runs.delete(run)
    assert runs.everything() == []


def test_deleting_a_run_in_a_folder_of_the_users_own_leaves_what_else_lies_there(tmp_path: Path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    run = runs.create(spec(), mine)
    (mine / shown.FOLDER).mkdir()
    (mine / shown.FOLDER / "1.png").write_bytes(b"x")
    states.step(run.folder, "stopped")
    runs.delete(run)
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]
    assert runs.everything() == []


def test_asking_to_stop_is_a_file():
    run = runs.create(spec())
    assert not run.stop_asked()
    runs.request_stop(run)
    assert run.stop_asked()
