"""A forecast on the pages: its questions, its pictures, and what comes next."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import datasets, prepare, projects, runs
from core.goal import Goal
from core.projects import Project
from core.series import forecasting
from core.spec import Spec
from core.suggest import suggest
from core.templates import SHELF
from tests.core.series.tables import shops
from tests.pages import shared

Visit = Callable[..., AppTest]


@pytest.fixture
def sales(tmp_path: Path) -> Project:
    """A project about three shops, whose sales are asked for as an amount."""
    shops().to_csv(tmp_path / "shops.csv", index=False)
    data = datasets.add(tmp_path / "shops.csv")
    goal = suggest(datasets.profile(data.id), "sold").goal
    return projects.change(projects.create("Shops", data.id), goal=goal.to_json())


def words_of(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.title, app.subheader, app.markdown, app.caption) for e in kind)


def test_the_latest_rows_are_the_test_and_the_page_says_why(visit: Visit, sales: Project):
    app = visit("goal", project=sales.id)
    assert not app.exception
    assert "so the latest ones are kept for the test" in words_of(app)
    app.radio[0].set_value("chance").run()
    assert projects.load(sales.id).goal["split"]["by"] == "chance"


def test_what_comes_next_asks_for_time_series_and_steps(visit: Visit, sales: Project):
    app = visit("goal", project=sales.id)
    app.button_group[0].set_value("forecast").run()
    assert not app.exception
    goal = Goal.from_json(projects.load(sales.id).goal)
    assert (goal.task, goal.forecast.time, goal.forecast.by, goal.inputs) == (
        "forecast", "day", ("shop",), ("price",),
    )  # fmt: skip
    app.number_input[0].set_value(3).run()
    assert projects.load(sales.id).goal["forecast"]["steps"] == 3
    app.button_group[0].set_value("amount").run()
    back = Goal.from_json(projects.load(sales.id).goal)
    assert (back.task, back.forecast) == ("amount", None)
    assert "shop" in back.inputs


@pytest.mark.heavy
def test_results_and_use_show_the_forecast(visit: Visit, sales: Project):
    from core.worker import door

    goal = forecasting(sales.data, datasets.profile(sales.data), Goal.from_json(sales.goal))
    prepared = prepare.prepare(sales.data, goal)
    graph = SHELF["forecast_network"].graph(prepared.facts, {})
    spec = Spec(sales.data, goal, "forecast_network", graph, {"epochs": 3}, project=sales.id, name="Run")
    run = runs.create(spec)
    door.enter(run.folder)
    projects.change(sales, goal=goal.to_json(), prepared=prepared.id, template="forecast_network")
    results = visit("results", project=sales.id, run=run.id)
    assert not results.exception
    assert not results.error
    assert "Forecast beside what happened" in words_of(results)
    use = visit("use", project=sales.id, run=run.id)
    assert not use.exception
    assert not use.error
    assert "What comes next" in words_of(use)
    assert "You get the next" in words_of(use)
    shared.served(run)
    first = (run.results() or {})["next"]["series"][0]
    told = shared.said(run, series=first["name"])
    assert all(str(moment) in told for moment in first["next_when"])
    assert shared.said(run, series="nonsense") == "“nonsense” is not known here."
    for page in ("goal", "design", "train"):
        app = visit(page, project=sales.id, run=run.id)
        assert not app.exception
        assert not app.error
