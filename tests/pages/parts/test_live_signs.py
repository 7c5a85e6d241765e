"""What the curves say on a run's page, and what a click on a change does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from core import drawings, prepare, projects, runs, words
from core.goal import Goal
from core.projects import Project
from core.runs import Run
from core.runs.queue import lock_path
from core.spec import Spec
from core.templates import DEFAULT, SHELF
from pages.parts import curves, live_signs, progress
from tests.browser.told_run import ToldRun
from tests.pages.parts.told_history import tell
from tests.pages.patience import SECONDS


@pytest.fixture
def told(workspace: Path) -> Iterator[ToldRun]:
    made = ToldRun(workspace)
    yield made
    made.close()


def said(run: Run) -> dict:
    found = live_signs.told(run, curves.of(run))
    assert found is not None
    return found


def click(run: Run, value: str) -> None:
    """What a click on a change sends, as the page hears it."""
    script = (
        "import streamlit as st\nfrom core import runs\nfrom pages.parts import live_signs\n"
        "if 'clicked' not in st.session_state:\n    st.session_state.clicked = True\n"
        f"    live_signs.acted(runs.load({run.id!r}), 'apply', {value!r})"
    )
    app = AppTest.from_string(script, default_timeout=SECONDS).run()
    assert not app.exception


def begun(told: ToldRun) -> Run:
    """The run that was begun after the first one, or the first one where there is no other."""
    return next((run for run in progress.runs_of(told.project) if run.id != told.run.id), told.run)


def names(found: dict) -> dict[str, list[str]]:
    return {sign["name"]: [change["name"] for change in sign["changes"]] for sign in found["signs"]}


def test_a_run_that_has_ended_says_how_it_was_with_the_evidence_and_what_would_help(told: ToldRun):
    run = tell(told, "churn_endless")
    found = said(run)
    assert names(found) == {"by_heart": ["more_dropout", "smaller_network", "more_decay"], "done": []}
    first = found["signs"][0]
    assert first["evidence"]["curve"] == "val_loss"
    assert (first["evidence"]["from_epoch"], first["evidence"]["to_epoch"]) == (9, 150)
    assert [change["details"] for change in first["changes"]] == [
        ["Share left out: 20% → 35%"],
        ["Weights: 92,257 → 31,073"],
        ["Weight decay: 0.0003 → 0.0015"],
    ]
    assert not found["running"]


def test_it_is_told_in_the_language_of_who_asks(told: ToldRun):
    run = tell(told, "churn_normal")
    with words.speaking("zh_CN"):
        chinese = said(run)["signs"][0]
    assert said(run)["signs"][0]["sentence"].startswith("Epoch 8 was the best")
    assert chinese["name"] == "done"


def test_before_the_first_epoch_and_before_the_begin_nothing_is_claimed(told: ToldRun):
    assert live_signs.told(told.run, curves.of(told.run)) is None
    run = tell(told, "churn_normal", epochs=0, state="")
    assert names(said(run)) == {"too_early": []}


def test_applying_a_change_of_the_drawing_starts_the_next_run_and_the_project_draws_it_too(told: ToldRun):
    run = tell(told, "churn_endless")
    click(run, "by_heart/more_dropout")
    after, project = begun(told).spec(), projects.load(told.project.id)
    assert after.name.endswith("more dropout")
    rates = [layer.fields["rate"] for layer in after.graph.layers if layer.kind == "dropout"]
    assert rates == [0.35, 0.35]
    assert after.training == run.spec().training
    assert drawings.current(project).graph == after.graph
    assert [id for _, id in runs.waiting()] == [begun(told).id]
    assert run.spec().graph != after.graph  # it stays as it was


def test_applying_a_change_of_a_drawing_of_ones_own_keeps_the_one_before_as_a_version(told: ToldRun):
    drawing = drawings.create(told.project, "Mine", told.run.spec().graph)
    run = tell(told, "churn_endless")
    click(run, "by_heart/smaller_network")
    now = drawings.load(told.project.id, drawing.id)
    assert now.graph == begun(told).spec().graph
    kept = drawings.versions(told.project.id, drawing.id)
    assert any("Smaller network" in str(version.why) for version in kept)


def test_applying_a_setting_keeps_the_drawing_and_sets_it_in_the_project(told: ToldRun):
    run = tell(told, "churn_endless")
    click(run, "by_heart/more_decay")
    after = begun(told).spec()
    assert after.graph == run.spec().graph
    assert after.training["weight_decay"] == 0.0015
    assert projects.load(told.project.id).training == {"weight_decay": 0.0015}


def test_what_somebody_changed_in_the_project_since_is_left_alone(told: ToldRun):
    run = tell(told, "churn_endless")
    projects.change(told.project, training={"epochs": 7})
    click(run, "by_heart/more_decay")
    after = begun(told).spec()
    assert (after.training["weight_decay"], after.training["epochs"]) == (0.0015, 120)
    assert projects.load(told.project.id).training == {"epochs": 7}


def test_while_it_trains_it_is_stopped_and_the_next_one_waits(told: ToldRun):
    run = tell(told, "churn_endless", epochs=70, state="")
    assert said(run)["running"]
    click(run, "by_heart/more_dropout")
    assert run.stop_asked()
    assert begun(told).id != run.id


def test_a_run_that_grew_beyond_all_numbers_offers_smaller_steps_from_its_best_weights(told: ToldRun):
    run = tell(told, "credit_rate_01", epochs=24, state="failed")
    assert names(said(run)) == {"diverged": ["smaller_steps", "clipping"]}
    (run.folder / "best.weights.npz").touch()
    click(run, "diverged/smaller_steps")
    after = begun(told).spec()
    assert after.starts_from == run.id
    assert after.training["learning_rate"] == pytest.approx(0.002 / 3, rel=0.01)


def test_without_kept_weights_the_next_run_begins_anew(told: ToldRun):
    run = tell(told, "ames_rate_10", state="failed")
    click(run, "diverged/clipping")
    after = begun(told).spec()
    assert after.starts_from == ""
    assert after.training["global_clipnorm"] == 0.25


def test_going_on_is_offered_only_where_the_last_state_was_kept(told: ToldRun):
    run = tell(told, "churn_four_epochs")
    assert names(said(run)) == {"ended_early": ["larger_steps"]}


@pytest.mark.parametrize("value", ["by_heart/larger_network", "nonsense", "done/more_dropout", 7, None, "/"])
def test_what_was_not_offered_is_not_done(told: ToldRun, value: object):
    run = tell(told, "churn_endless")
    click(run, value)
    assert begun(told).id == run.id


def test_where_the_rows_are_not_there_any_more_it_is_said_but_nothing_is_offered(
    told: ToldRun, workspace: Path
):
    run = tell(told, "churn_endless")
    (workspace / "prepared").rename(workspace / "gone")
    assert names(said(run)) == {"by_heart": [], "done": []}
    click(run, "by_heart/more_dropout")
    assert begun(told).id == run.id


@pytest.mark.heavy
def test_a_run_that_ended_too_early_goes_on_where_it_ended(project: Project):
    from core.worker import door

    goal, facts = Goal.from_json(project.goal), prepare.load(project.prepared).facts
    graph = SHELF[DEFAULT].graph(facts, {})
    spec = Spec(project.data, goal, DEFAULT, graph, {"epochs": 6}, project=project.id, name="Penguins, run 1")
    run = runs.create(spec)
    door.enter(run.folder)
    assert names(said(run))["ended_early"] == ["longer", "larger_steps"]
    with FileLock(lock_path()):  # who holds it is the supervisor, so none starts
        click(run, "ended_early/longer")
    begun = next(other for other in progress.runs_of(project) if other.id != run.id).spec()
    assert (begun.continues["run"], begun.training["epochs"]) == (run.id, 16)
    assert begun.name.endswith("longer")
