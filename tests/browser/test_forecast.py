"""A forecast in the browser: dropped, asked, trained, looked at, and asked anew with newer rows."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import driver, path
from tests.browser.driver import App, settled
from tests.core.series.tables import monthly

pytestmark = [pytest.mark.heavy, pytest.mark.browser]


def test_the_next_values_are_asked_for_learned_and_answered(app: App, page: Page, tmp_path: Path):
    monthly().to_csv(tmp_path / "sold.csv", index=False)
    path.upload(page, app.url, tmp_path / "sold.csv")
    path.onward(page)
    path.at(page, "goal")
    path.choose_target(page, "sold")
    page.get_by_text("What comes next", exact=True).first.click()
    expect(page.get_by_text("Which next values?")).to_be_visible(timeout=path.LONG)
    settled(page)
    path.onward(page)
    path.at(page, "design")
    expect(page.get_by_text("Forecast network")).to_be_visible()
    path.onward(page)
    path.at(page, "train")
    path.press_start(page)
    path.wait_for_end(page)
    address = page.url
    driver.visit(page, address.replace("/train?", "/results?"))
    expect(page.get_by_text("repeating last year would miss by").first).to_be_visible()
    expect(page.get_by_text("Forecast beside what happened")).to_be_visible()
    driver.visit(page, address.replace("/train?", "/use?"))
    expect(page.get_by_text("After newer rows")).to_be_visible()
    monthly(130)[60:].to_csv(tmp_path / "newer.csv", index=False)
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(tmp_path / "newer.csv")
    with page.expect_download(timeout=path.LONG) as told:
        page.get_by_role("button", name="Download the answers").click(timeout=path.LONG)
    lines = Path(told.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "month,prediction"
    assert [line.split(",")[0] for line in lines[1:3]] == ["2015-11", "2015-12"]
    assert len(lines) == 13
