"""A run that has ended goes further, and again with one thing changed, as a user does it in the browser."""

import json
import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import driver, path
from tests.browser.driver import App

pytestmark = pytest.mark.browser


def dialog(page: Page, button: str) -> Locator:
    """Open a dialog by its button on the page, by keyboard."""
    page.locator(f".st-key-{button} button").first.focus()
    page.keyboard.press("Enter")
    opened = page.get_by_role("dialog")
    expect(opened).to_be_visible()
    driver.settled(page)
    return opened


def fill(opened: Locator, label: str, value: str) -> None:
    box = opened.get_by_label(label, exact=True)
    box.fill(value)
    box.press("Tab")


def spec(app: App, page: Page) -> dict:
    return json.loads((app.home / "runs" / path.run(page) / "spec.json").read_text(encoding="utf-8"))


def epochs(app: App, run: str) -> list[dict]:
    lines = (app.home / "runs" / run / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [event for event in map(json.loads, lines) if event["kind"] == "epoch"]


def ended_after(app: App, page: Page, before: str) -> str:
    """Wait until the page shows another run than before, and that one has ended; its id."""
    page.wait_for_url(re.compile(rf"run=(?!{before})"))
    run, until = path.run(page), time.monotonic() + 120
    while json.loads((app.home / "runs" / run / "state.json").read_text(encoding="utf-8"))["name"] != "done":
        assert time.monotonic() < until, "it has not ended"
        time.sleep(0.05)
    path.wait_for_end(page)
    return run


def test_a_run_goes_further_and_again_with_one_thing_changed(app: App, page: Page):
    path.to_train(page, app.url, "penguins", "Species")
    path.press_start(page)
    path.wait_for_end(page)
    first = path.run(page)
    seen = len(epochs(app, first))

    opened = dialog(page, "continue")
    fill(opened, "Epochs more, at most", "3")
    opened.get_by_role("button", name="Continue", exact=True).click()
    second = ended_after(app, page, first)
    expect(page.get_by_text("which had come to epoch").first).to_be_visible()
    assert len(epochs(app, second)) == seen + 3
    ours, theirs = ([event["val_loss"] for event in epochs(app, run)] for run in (second, first))
    assert ours[:seen] == theirs
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    expect(page.get_by_text("The run shown continues this one.")).to_be_visible()

    opened = dialog(page, "one-change")
    opened.get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("^Learning rate: ")).click()
    driver.settled(page)
    expect(opened.get_by_role("button", name="Start this run")).to_be_disabled()
    fill(opened, "Learning rate", "0.01")
    expect(opened.get_by_text(re.compile("Learning rate: 0.01 instead of"))).to_be_visible()
    opened.get_by_role("button", name="Start this run").click()
    ended_after(app, page, second)
    assert spec(app, page)["training"]["learning_rate"] == 0.01
    assert "Learning rate: 0.01 instead of" in spec(app, page)["name"]
    expect(page.get_by_role("button", name="See the results")).to_be_visible()
    expect(page.get_by_role("button", name="Use its settings in the project")).to_be_visible()


def test_stop_and_discard_answer_at_once(app: App, page: Page):
    path.to_train(page, app.url, "diamonds", "price")
    path.press_start(page)
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    page.get_by_role("button", name="Stop and keep the best").click()
    expect(page.get_by_role("button", name="Stopping…")).to_be_disabled()
    path.wait_for_end(page)
    expect(page.get_by_text("You stopped it.").first).to_be_visible()
    page.get_by_role("button", name="Train again").click()
    expect(page.get_by_role("button", name="Stop and keep the best")).to_be_visible()
    folder = app.home / "runs" / path.run(page)
    opened = dialog(page, "discard")
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)  # the page was drawn anew beneath it
    driver.settled(page)
    opened.get_by_role("button", name="Discard for good").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Train again")).to_be_visible()
    driver.settled(page)
    until = time.monotonic() + 60
    while folder.exists():
        assert time.monotonic() < until, "it was never removed"
        time.sleep(0.05)
