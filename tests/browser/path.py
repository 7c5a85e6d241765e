"""The user's path through the pages, step by step, as a user walks it."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import settled, visit

A_NUMBER = re.compile(r"\d")
LONG = 300_000  # milliseconds: a whole run


def at(page: Page, step: str) -> Page:
    """Wait until the page of this step is open and has settled."""
    page.wait_for_url(re.compile(rf"/{step}\?.*project="), timeout=LONG)
    return settled(page)


def onward(page: Page) -> None:
    """Press the page's one primary button."""
    page.locator(".st-key-onward button").click()


def project(page: Page) -> str:
    """The project in the page's address."""
    return re.search(r"project=([\w-]+)", page.url).group(1)


def run(page: Page) -> str:
    """The run in the page's address."""
    return re.search(r"run=([\w-]+)", page.url).group(1)


def upload(page: Page, url: str, file: Path) -> None:
    """Drop a file on the start page and wait for its Data page."""
    visit(page, url)
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(file)
    at(page, "data")


def take_sample(page: Page, url: str, name: str) -> None:
    """Open a sample with one click and wait for its Data page."""
    visit(page, url)
    page.locator(f".st-key-open-{name} button").first.click()
    at(page, "data")


def choose_target(page: Page, column: str) -> None:
    """Choose the target by its name, as somebody with a keyboard does."""
    box = page.get_by_role("combobox", name="The column to predict")
    box.click()
    box.fill(column)
    page.get_by_role("option", name=re.compile(rf"^{re.escape(column)} ·")).click()
    expect(page.get_by_text("The kind of question")).to_be_visible()
    settled(page)


def data_to_train(page: Page, target: str) -> None:
    """From a Data page, with nothing changed, to a Train page that is ready to start."""
    onward(page)
    at(page, "goal")
    choose_target(page, target)
    onward(page)
    at(page, "design")
    onward(page)
    at(page, "train")


def to_train(page: Page, url: str, sample: str, target: str = "churn") -> str:
    """From the start page to a Train page that is ready to start; the project."""
    take_sample(page, url, sample)
    data_to_train(page, target)
    return project(page)


def press_start(page: Page) -> None:
    """Start, or start again."""
    page.locator(".st-key-onward button, .st-key-again button").first.click()


def live_loss(page: Page) -> Locator:
    """The figure of the latest training loss beside the moving curves."""
    return page.locator(".part-curves figure.loss .legend .training b")


def wait_for_end(page: Page) -> None:
    """Wait until the run has ended and its results can be opened."""
    expect(page.get_by_role("button", name="Train again")).to_be_visible(timeout=LONG)
    settled(page)
