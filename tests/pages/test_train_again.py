"""What the Train page offers for a run that has ended: again with one thing changed, for more epochs, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from core import drawings, projects, runs
from core.projects import Project
from core.runs.queue import lock_path
from pages.parts import progress
from tests.pages.patience import SECONDS

pytestmark = pytest.mark.heavy
Visit = Callable[..., AppTest]


@pytest.fixture
def page(visit: Visit, tested: tuple[Project, str]) -> AppTest:
    project, run = tested
    return visit("train", project=project.id, run=run)


def latest(project: Project) -> runs.Run:
    return progress.runs_of(project)[0]


def said(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.markdown, *app.caption, *app.info))


def dialog(call: str, run: str) -> AppTest:
    """A dialog's content on a page of its own: what is clicked in a dialog draws only that anew."""
    script = (
        "from core import runs\nfrom pages.parts import go_further, one_change, run_controls\n"
        f"if any(run.id == {run!r} for run in runs.everything()):\n    {call}(runs.load({run!r}))"
    )
    return AppTest.from_string(script, default_timeout=SECONDS).run()


def change(run: str, thing: str) -> AppTest:
    app = dialog("one_change.ask", run)
    box = next(box for box in app.selectbox if box.key.startswith("thing-"))
    return box.set_value(thing).run()


@pytest.fixture(autouse=True)
def nobody_trains() -> Iterator[None]:
    """Who holds the lock is the supervisor: so none starts."""
    runs.everything()
    with FileLock(lock_path()):
        yield


def test_one_setting_is_changed_and_named(tested: tuple[Project, str]):
    page = change(tested[1], "learning_rate")
    assert page.button(key="change-now").disabled
    field = next(one for one in page.number_input if one.label == "Learning rate")
    field.set_value(0.5).run()
    assert "Learning rate: 0.5 instead of" in said(page).replace("\\", "")
    page.button(key="change-now").click().run()
    assert not page.exception
    ours, first = latest(tested[0]).spec(), runs.load(tested[1]).spec()
    assert ours.name.startswith("Penguins, run 2 – Learning rate: 0.5 instead of 0.")
    assert ours.name.endswith("(automatic)")
    assert dict(ours.training) == {**first.training, "learning_rate": 0.5}
    assert ours.graph == first.graph
    assert [id for _, id in runs.waiting()] == [latest(tested[0]).id]


def test_the_seed_is_changed_without_the_project_changing(tested: tuple[Project, str]):
    page = change(tested[1], "seed")
    next(one for one in page.number_input if one.label == "Seed").set_value(7).run()
    page.button(key="change-now").click().run()
    assert latest(tested[0]).spec().seed == 7
    assert latest(tested[0]).spec().name == "Penguins, run 2 – Seed: 7 instead of 1"


def test_it_starts_from_a_runs_weights(tested: tuple[Project, str]):
    page = change(tested[1], "starts_from")
    next(box for box in page.selectbox if box.key.startswith("start-")).set_value(tested[1]).run()
    page.button(key="change-now").click().run()
    assert latest(tested[0]).spec().starts_from == tested[1]
    assert "starts from the weights of" in latest(tested[0]).spec().name


def test_it_is_continued_for_more_epochs(tested: tuple[Project, str]):
    first = runs.load(tested[1])
    page = dialog("go_further.ask", first.id)
    assert "goes on from its last state" in said(page)
    assert "MB on disk" in said(page)
    next(one for one in page.number_input if one.label == "Epochs more, at most").set_value(5)
    next(one for one in page.button if one.label == "Continue").click().run()
    assert not page.exception
    ours = latest(tested[0])
    assert ours.spec().training["epochs"] == len([e for e in first.events()[0] if e["kind"] == "epoch"]) + 5
    assert ours.spec().continues["run"] == first.id
    assert ours.spec().name == f"Penguins, run 2 – continued to {ours.spec().training['epochs']} epochs"


def test_the_drawing_of_the_run_comes_back_and_nothing_is_lost(page: AppTest, tested: tuple[Project, str]):
    project = tested[0]
    graph = runs.load(tested[1]).spec().graph
    other = graph.replace(replace(graph["hidden_1"], fields={"units": 5}))
    drawn = drawings.create(project, "Mine", other)
    page.run()
    assert "Units” is 5 instead of 64" in said(page)
    page.button(key="adopt").click().run()
    assert drawings.load(project.id, drawn.id).graph == graph
    assert drawings.versions(project.id, drawn.id)[0].graph == other
    assert not page.exception


def test_its_settings_come_back_into_the_project(page: AppTest, tested: tuple[Project, str]):
    project = projects.change(tested[0], training={"learning_rate": 0.9})
    page.run()
    assert "You changed something since this run" in said(page)
    page.button(key="adopt").click().run()
    assert projects.load(project.id).training == {"epochs": 12}
    assert [button.key for button in page.button].count("adopt") == 0


def test_other_runs_say_what_differs_and_what_came_of_it(
    visit: Visit, page: AppTest, tested: tuple[Project, str]
):
    project, first = tested
    spec = runs.load(first).spec()
    second = runs.create(replace(spec, seed=3, name="Second"))
    app = visit("train", project=project.id, run=second.id)
    told = said(app)
    assert "Seed: 1 instead of 3" in told.replace("\\", "")
    assert "on test rows" in told


def test_a_run_is_deleted_when_asked_twice(tested: tuple[Project, str]):
    page = dialog("run_controls.ask_discard", tested[1])
    assert progress.runs_of(tested[0])
    page.button(key="discard-now").click().run()
    assert progress.runs_of(tested[0]) == []
    assert not page.exception


def test_training_again_repeats_the_run_and_not_what_the_project_asks(
    page: AppTest, tested: tuple[Project, str]
):
    projects.change(tested[0], training={"epochs": 12})
    page.run()
    assert "comes to the very same weights" in said(page)
    page.button(key="again").click().run()
    ours, first = latest(tested[0]).spec(), runs.load(tested[1]).spec()
    assert (ours.training, ours.graph, ours.seed) == (first.training, first.graph, first.seed)
    assert latest(tested[0]).id != tested[1]
