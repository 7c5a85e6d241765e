"""A founder shares a page; a friend opens its link in a private window, gets the same answers, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core import projects, runs
from core.runs import Run
from tests.browser import driver
from tests.core.conftest import make_spec, write_table

pytestmark = [pytest.mark.browser, pytest.mark.heavy]
ANSWER = re.compile(r"The chance of “\w+” is [<>\d. ]+%: [\w ]+\.")


@pytest.fixture
def run(app: driver.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A model of customers, trained in the running app's workspace."""
    from core.worker import door

    monkeypatch.setenv("MODELYARD_HOME", str(app.home))
    spec = make_spec(write_table(tmp_path / "customers.csv"), "yes_no", epochs=4)
    project = projects.create("Customers", spec.data)
    made = runs.create(replace(spec, project=project.id))
    door.enter(made.folder)
    return made


@pytest.fixture
def private(chromium: Browser) -> Iterator[Page]:
    """A private window on a phone."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    context.set_default_timeout(driver.PATIENCE)
    yield context.new_page()
    context.close()


def test_a_link_is_made_opened_asked_and_withdrawn(page: Page, private: Page, app: driver.App, run: Run):
    driver.visit(page, f"{app.url}/use?project={run.spec().project}&run={run.id}")
    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Title").fill("Will they buy?")
    dialog.get_by_role("textbox", name="Your own words").fill("Tell me what you think.")
    dialog.get_by_text("Show some rows of your table as examples").click()
    expect(dialog.get_by_text("Whoever has the link can read all columns of these rows.")).to_be_visible()
    dialog.get_by_role("button", name="Make the link").click()
    link = dialog.get_by_role("link", name="Open").get_attribute("href")
    assert re.fullmatch(rf"{re.escape(app.url)}/share/[0-9a-f]{{48}}", link)
    expect(dialog.get_by_text("Only this computer can open these links")).to_be_visible()
    dialog.get_by_role("button", name="QR code").click()
    expect(page.get_by_role("img").first).to_be_visible()
    page.keyboard.press("Escape")

    loaded, faults = [], []
    private.on("request", lambda request: loaded.append(request.url))
    private.on("console", lambda message: faults.append(message.text))
    private.goto(link)
    expect(private.get_by_role("heading", name="Will they buy?")).to_be_visible()
    expect(private.get_by_text("Tell me what you think.")).to_be_visible()
    private.get_by_role("spinbutton", name="size").fill("22")
    private.get_by_label("colour").select_option("red")
    private.get_by_label("class").select_option("a")
    private.get_by_role("button", name="Get the answer").press("Enter")
    told = private.get_by_text(ANSWER)
    expect(told).to_be_visible()

    driver.visit(page, f"{app.url}/use?project={run.spec().project}&run={run.id}")
    page.get_by_role("spinbutton", name="size").fill("22")
    page.get_by_role("spinbutton", name="size").press("Enter")
    for name, value in (("colour", "red"), ("class", "a")):
        page.get_by_role("combobox", name=name).click()
        page.get_by_role("option", name=value, exact=True).click()
    driver.settled(page)
    expect(page.get_by_text(told.inner_text())).to_be_visible()

    assert private.get_by_role("link").count() == 0
    assert set(loaded) == {link, f"{link}/answer"}
    assert faults == []
    assert private.context.cookies() == []
    assert private.evaluate("document.documentElement.scrollWidth") == 390

    page.get_by_role("button", name="Share").click()
    expect(dialog.get_by_text("opened 1 time")).to_be_visible()
    dialog.get_by_role("button", name="Withdraw").click()
    expect(dialog.get_by_text("Withdrawn on")).to_be_visible()
    private.get_by_role("button", name="Example 1").click()
    expect(private.get_by_text("This page cannot be opened any more.")).to_be_visible()
    private.reload()
    expect(private.get_by_role("heading", name="This page was withdrawn")).to_be_visible()
