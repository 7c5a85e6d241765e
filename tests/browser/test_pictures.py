"""Pictures go the same way as tables: from a zip to an answer about a picture of one's own."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import driver, path
from tests.browser.driver import App
from tests.core.drawn_pictures import bars, bars_zip

pytestmark = [pytest.mark.heavy, pytest.mark.browser]


@pytest.fixture(scope="module")
def trained(app: App, chromium, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A project about pictures in folders, whose first run has ended."""
    place = tmp_path_factory.mktemp("pictures")
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    path.upload(page, app.url, bars_zip(place / "bars.zip", 40))
    expect(page.get_by_text("Some of the pictures")).to_be_visible()
    expect(page.get_by_test_id("stImage").first).to_be_visible()
    path.onward(page)
    path.at(page, "goal")
    expect(page.get_by_text("The kind of question")).to_be_visible()  # the folders say what is wanted
    path.onward(page)
    path.at(page, "design")
    expect(page.get_by_text("Small convolutional network")).to_be_visible()
    page.get_by_text("How pictures look while it learns").click()
    expect(page.get_by_text("They should all still mean the same to you.")).to_be_visible()
    expect(page.get_by_test_id("stImage")).to_have_count(16)  # two pictures, and seven variants of each
    path.onward(page)
    path.at(page, "train")
    path.press_start(page)
    path.wait_for_end(page)
    found = {"project": path.project(page), "run": path.run(page)}
    page.close()
    return found


def test_results_of_pictures_are_told_in_words(app: App, page: Page, trained: dict[str, str]):
    driver.visit(page, f"{app.url}/results?project={trained['project']}&run={trained['run']}")
    expect(page.get_by_text(re.compile(r"Of 100 rows it has never seen, it gets \d+ right"))).to_be_visible()


def test_the_pictures_themselves_are_shown_with_where_it_looked(
    app: App, page: Page, trained: dict[str, str]
):
    driver.visit(page, f"{app.url}/results?project={trained['project']}&run={trained['run']}")
    page.get_by_text("Most doubtful").click()
    grid = page.locator(".st-key-shown-grid-doubtful")
    expect(grid.get_by_test_id("stImage")).to_have_count(12)
    page.get_by_text("Show where it looked").click()
    expect(page.get_by_text("Grad-CAM.")).to_be_visible()
    page.get_by_text("By answer").click()
    expect(page.get_by_text("Click a number to see its pictures.")).to_be_visible()


@pytest.mark.parametrize(("lying", "answer"), [(True, "lying"), (False, "standing")])
def test_a_picture_of_ones_own_is_answered(
    app: App, page: Page, trained: dict[str, str], tmp_path: Path, lying: bool, answer: str
):
    driver.visit(page, f"{app.url}/use?project={trained['project']}&run={trained['run']}")
    card = page.locator(".st-key-card-answer")
    expect(card.get_by_text("What the network sees of picture")).to_be_visible()
    expect(card).to_contain_text("%")  # a test picture is answered to begin with
    (tmp_path / "mine.png").write_bytes(bars(lying, 4_321))
    page.get_by_test_id("stFileUploader").first.locator("input[type=file]").set_input_files(
        tmp_path / "mine.png"
    )
    expect(card.get_by_role("heading", name=answer)).to_be_visible()
    (tmp_path / "broken.png").write_bytes(b"no picture")
    page.get_by_test_id("stFileUploader").first.locator("input[type=file]").set_input_files(
        tmp_path / "broken.png"
    )
    expect(card.get_by_text("Choose a picture that can be read")).to_be_visible()
