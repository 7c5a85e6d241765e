"""The threshold on Results: three ways to choose it, and what happens when one is used."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core import datasets, prepare, projects, runs, samples
from core.projects import Project
from core.spec import Spec
from core.suggest import suggest
from core.templates import SHELF

pytestmark = pytest.mark.heavy


@pytest.fixture
def project_and_run() -> tuple[Project, runs.Run]:
    """A project with a model that tells which customers leave."""
    from core.worker import door

    sample = samples.find("telco_churn")
    data = datasets.add(sample.path, "Churn").id
    goal = replace(suggest(datasets.profile(data), "churn").goal, inputs=("tenure", "contract"))
    facts = prepare.prepare(data, goal).facts
    project = projects.create("Churn", data)
    graph = SHELF["table_network"].graph(facts, {})
    run = runs.create(
        Spec(data, goal, "table_network", graph, {"epochs": 3}, project=project.id, name="Churn")
    )
    door.enter(run.folder)
    return projects.change(project, goal=goal.to_json(), template="table_network"), run


def words(app: AppTest) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.caption))


def test_a_threshold_by_costs_is_shown_used_and_taken_back(
    visit: Callable[..., AppTest], project_and_run: tuple[Project, runs.Run]
):
    project, run = project_and_run
    app = visit("results", project=project.id, run=run.id)
    assert not app.exception
    assert "This is how the model answers now" in words(app)
    ways = next(group for group in app.button_group if group.key == f"threshold-by-{run.id}")
    ways.set_value("costs").run()
    missed = next(field for field in app.number_input if field.key == f"threshold-missed-{run.id}")
    missed.set_value(40.0).run()
    assert "These mistakes would cost" in words(app)
    next(button for button in app.button if button.key == "threshold-use").click().run()
    assert not app.exception
    assert "This is how the model answers now" in words(app)
    assert run.recipes()["target"]["threshold"] < 0.5
    assert run.results()["threshold"]["missed"] == 40
    app = visit("use", project=project.id, run=run.id)
    assert not app.exception
