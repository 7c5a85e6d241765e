"""The Train page offers what can be asked of a run as it stands, and asks for it."""

import json
import zipfile
from collections.abc import Callable

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from core import prepare, runs
from core.goal import Goal
from core.projects import Project
from core.runs import Run, checkpoint, states
from core.runs.events import Journal
from core.runs.queue import lock_path
from core.spec import Spec
from core.templates import DEFAULT, SHELF
from core.words import mark
from tests.pages.patience import SECONDS

Visit = Callable[..., AppTest]


@pytest.fixture
def run(asked: Project) -> Run:
    """A run of the project that trains, as far as its folder tells."""
    graph = SHELF[DEFAULT].graph(prepare.load(asked.prepared).facts, {})
    made = runs.create(
        Spec(asked.data, Goal.from_json(asked.goal), DEFAULT, graph, project=asked.id, name="R")
    )
    states.step(made.folder, "starting")
    states.step(made.folder, "running")
    with Journal(made.folder) as journal:
        journal.write(
            "begin", device="CPU", rows=100, steps_per_epoch=5, epochs=50, minutes=10, metric="accuracy", weights=7
        )  # fmt: skip
        text = mark("Training was interrupted at epoch {epoch} and goes on from there.", epoch=6)
        journal.write("resumed", epoch=6, text=text.to_json())
        journal.write("stage", stage="training", text=mark("Training").to_json())
        journal.write("steps", epoch=6, first=26, step=30, losses=[1.0], spent=61.0)
    return made


def kept(run: Run, epoch: int) -> None:
    """What a worker leaves, as far as the page reads it."""
    about = {"version": checkpoint.VERSION, "position": {"epoch": epoch, "steps": 30}}
    with zipfile.ZipFile(run.folder / checkpoint.NAME, "w") as archive:
        archive.writestr(checkpoint.ABOUT, json.dumps(about))


def test_pause_and_go_on_are_a_click_each(visit: Visit, asked: Project, run: Run):
    with FileLock(lock_path()):  # who holds it is the supervisor: so none starts
        app = visit("train", project=asked.id)
        app.button(key="pause").click().run()
        assert run.pause_asked()
        states.step(run.folder, "paused")
        app.run()
        app.button(key="go-on").click().run()
        assert not run.pause_asked()
        assert not app.exception


def test_while_the_model_is_written_there_is_no_pause(visit: Visit, asked: Project, run: Run):
    with Journal(run.folder) as journal:
        journal.write("stage", stage="exporting", text=mark("Writing the model").to_json())
    with FileLock(lock_path()):
        app = visit("train", project=asked.id)
    assert [button.key for button in app.button if button.key in ("pause", "go-on", "stop")] == ["stop"]


@pytest.mark.parametrize("end", ["crashed", "failed"])
def test_a_run_that_ended_badly_goes_on_from_its_epoch(visit: Visit, asked: Project, run: Run, end: str):
    kept(run, epoch=6)
    states.step(run.folder, end, mark("It is gone."), mark("Go on."))
    with FileLock(lock_path()):
        app = visit("train", project=asked.id)
        assert app.button(key="onward").label == "Go on from epoch 6"
        assert app.button(key="again").label == "Train again"
        app.button(key="onward").click().run()
    assert run.state().name == "queued"
    assert [id for _, id in runs.waiting()] == [run.id]
    assert not app.exception


def test_a_run_that_left_nothing_is_only_trained_again(visit: Visit, asked: Project, run: Run):
    states.step(run.folder, "crashed", mark("It is gone."), mark("Train again."))
    app = visit("train", project=asked.id)
    assert app.button(key="onward").label == "Train again"


def test_each_thing_asked_is_answered_at_once(visit: Visit, asked: Project, run: Run):
    with FileLock(lock_path()):
        app = visit("train", project=asked.id)
        app.button(key="pause").click().run()
        assert app.button(key="pausing").label == "Pausing…"
        app.button(key="go-on").click().run()
        app.button(key="stop").click().run()
        assert app.button(key="stop").label == "Stopping…"
        assert app.button(key="stop").disabled
        assert app.button(key="pause").disabled
        assert run.stop_asked()
        assert not app.exception


def test_a_run_that_trains_can_be_discarded(asked: Project, run: Run):
    script = (
        "from core import runs\nfrom pages.parts import run_controls\n"
        "for run in runs.everything():\n    run_controls.ask_discard(run)"
    )
    with FileLock(lock_path()):
        app = AppTest.from_string(script, default_timeout=SECONDS).run()
        assert any("Nothing of it is kept" in text.value for text in app.markdown)
        assert not run.discard_asked()
        app.button(key="discard-now").click().run()
    assert run.discard_asked()
    assert not app.exception
