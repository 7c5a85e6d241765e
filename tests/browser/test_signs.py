"""A run that learns by heart says so, shows it on the chart, and one click starts the next run with the change."""

import re

import pytest
from playwright.sync_api import Page, expect

from core import datasets, drawings, prepare, projects, runs, samples
from core.fields import check_all
from core.projects import Project
from core.spec import TRAINING, Spec
from core.suggest import suggest
from core.templates import DEFAULT, SHELF
from tests.browser import driver, path
from tests.browser.driver import App

pytestmark = [pytest.mark.heavy, pytest.mark.browser]
ENDLESS = {"epochs": 60, "patience": 10_000}


@pytest.fixture
def asked(app: App, monkeypatch: pytest.MonkeyPatch) -> tuple[Project, runs.Run]:
    """A project of 1,030 training rows, and its run: with endless patience, it learns them by heart."""
    monkeypatch.setenv("MODELYARD_HOME", str(app.home))
    sample = samples.find("hr_attrition")
    data = datasets.add(sample.path, str(sample.title)).id
    goal = suggest(datasets.profile(data), sample.target).goal
    prepared = prepare.prepare(data, goal)
    project = projects.create("Who leaves", data)
    project = projects.change(
        project, goal=goal.to_json(), prepared=prepared.id, template=DEFAULT, training=ENDLESS
    )
    graph = SHELF[DEFAULT].graph(prepared.facts, {})
    spec = Spec(
        data, goal, DEFAULT, graph, check_all(TRAINING, ENDLESS), project=project.id, name="Who leaves, run 1"
    )
    return project, runs.create(spec)


PAINTED = """(canvas) => new Promise((done) => {
  let before = "", same = 0;
  const look = () => {
    const now = canvas.toDataURL();
    same = now === before ? same + 1 : 0;
    before = now;
    if (same === 10) done(now); else requestAnimationFrame(look);
  };
  look();
})"""


def painted(page: Page) -> str:
    """What the chart of the loss looks like once nothing more is painted on it."""
    return page.locator(".part-curves canvas").first.evaluate(PAINTED)


def test_learning_by_heart_is_said_shaded_and_mended_with_one_click(
    app: App, page: Page, asked: tuple[Project, runs.Run]
):
    project, run = asked
    runs.submit(run)
    driver.visit(page, f"{app.url}/train?project={project.id}&run={run.id}")
    main = page.locator(".part-signs .main")
    expect(main).to_have_attribute("data-sign", "by_heart", timeout=path.LONG)
    expect(page.get_by_text("Apply and run again:", exact=True).first).to_be_visible(timeout=path.LONG)
    expect(main.locator(".sentence")).to_contain_text(re.compile(r"The state of epoch \d+ was kept"))
    toggle = main.get_by_role("button", name="Hide on the chart")
    shaded = painted(page)
    toggle.click()
    expect(main.get_by_role("button", name="Show on the chart")).to_have_attribute("aria-pressed", "false")
    assert painted(page) != shaded

    main.get_by_role("button", name=re.compile("More dropout")).click()
    page.wait_for_url(lambda url: run.id not in url and "run=" in url, timeout=path.LONG)
    driver.settled(page)
    begun = runs.load(path.run(page))
    assert begun.spec().name.endswith("more dropout")
    assert begun.spec().training == run.spec().training
    assert drawings.current(projects.load(project.id)).graph == begun.spec().graph != run.spec().graph
    path.wait_for_end(page)
    assert begun.results() is not None
