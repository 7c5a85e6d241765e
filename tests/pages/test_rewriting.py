"""Translating or rewriting, on the pages: a table of pairs leads to a model, its results, and a text that becomes another."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import datasets, prepare, projects, runs
from core.goal import Goal
from core.projects import Project
from core.spec import Spec
from core.suggest import rewriting, suggest
from core.templates import SHELF
from tests.core.rewriting.pairs import backwards
from tests.pages import shared

Visit = Callable[..., AppTest]
KINDS = {"text": "text", "backwards": "text"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project about a small table of pairs."""
    backwards(300).to_csv(tmp_path / "pairs.csv", index=False)
    data = datasets.add(tmp_path / "pairs.csv")
    return projects.change(projects.create("Pairs", data.id), kinds=KINDS)


def words_of(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.title, app.subheader, app.markdown, app.caption) for e in kind)


def test_a_column_of_texts_beside_another_can_become_it(visit: Visit, project: Project):
    goal = suggest(datasets.profile(project.data), "backwards", KINDS).goal
    project = projects.change(project, goal=goal.to_json())
    app = visit("goal", project=project.id)
    assert not app.exception
    app.segmented_control[0].set_value("rewrite").run()
    assert not app.exception
    goal = Goal.from_json(projects.load(project.id).goal)
    assert (goal.task, goal.target, goal.inputs) == ("rewrite", "backwards", ("text",))
    assert "Which column holds the texts to begin with?" in words_of(app)


@pytest.mark.heavy
def test_every_page_works_for_a_network_that_rewrites(visit: Visit, project: Project):
    from core.worker import door

    goal = rewriting("backwards", ("text",), KINDS)
    prepared = prepare.prepare(project.data, goal)
    graph = SHELF["encoder_decoder"].graph(prepared.facts, {"width": 16, "depth": 1})
    spec = Spec(project.data, goal, "encoder_decoder", graph, {"epochs": 2}, project=project.id, name="Run")
    run = runs.create(spec)
    door.enter(run.folder)
    assert run.state().name == "done", run.state()
    projects.change(project, goal=goal.to_json(), prepared=prepared.id, template="encoder_decoder")
    for page in ("goal", "design", "train"):
        app = visit(page, project=project.id, run=run.id)
        assert not app.exception, page
        assert not app.error, page
    results = visit("results", project=project.id, run=run.id)
    assert not results.exception
    assert not results.error
    assert "What it writes" in words_of(results)
    assert "Likeness to the true text (chrF)" in [tile.label for tile in results.metric]
    use = visit("use", project=project.id, run=run.id)
    assert not use.exception
    assert not use.error
    use.text_area[0].set_value("a b {never_seen}").run(timeout=60)
    assert not use.exception
    assert "How likely it holds exactly this wording" in words_of(use)
    use.text_area[0].set_value(" ").run(timeout=60)
    assert not use.exception
    shared.served(run)
    assert "How likely it holds exactly this wording" in shared.said(run, text="a b {never_seen}")
