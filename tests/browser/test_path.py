"""The whole path on the telco sample, from an uploaded file to a downloaded zip that is unpacked and run."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import driver, path
from tests.browser.driver import App

pytestmark = [pytest.mark.heavy, pytest.mark.browser]

SAMPLES = Path(__file__).parent.parent.parent / "core" / "sample_data"
TELCO = SAMPLES / "telco_churn" / "telco_churn.csv"
NO_ENGINE = {**os.environ, "PYTHONPATH": "", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


@pytest.fixture(scope="module")
def trained(app: App, chromium) -> dict[str, str]:
    """A project whose first run has ended, walked to by a user."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    path.upload(page, app.url, TELCO)
    expect(page.get_by_text("7,043").first).to_be_visible()
    path.data_to_train(page, "churn")
    path.press_start(page)
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    path.wait_for_end(page)
    found = {"project": path.project(page), "run": path.run(page)}
    page.close()
    return found


def address(app: App, step: str, trained: dict[str, str]) -> str:
    return f"{app.url}/{step}?project={trained['project']}&run={trained['run']}"


def test_results_say_in_plain_words_how_good_it_is(app: App, page: Page, trained: dict[str, str]):
    driver.visit(page, address(app, "results", trained))
    expect(page.get_by_text(re.compile(r"Of 100 rows it has never seen, it gets \d\d right"))).to_be_visible()
    expect(page.get_by_text(re.compile("linear model")).first).to_be_visible()


def test_one_row_is_answered_and_the_answer_follows_the_form(app: App, page: Page, trained: dict[str, str]):
    driver.visit(page, address(app, "use", trained))
    answer = page.locator(".st-key-card-answer")
    expect(answer).to_contain_text("%")
    before = answer.inner_text()
    tenure = page.get_by_role("spinbutton", name="tenure")
    tenure.fill("1")
    tenure.press("Enter")
    expect(answer).not_to_have_text(before)


def test_a_whole_file_is_answered_row_by_row(app: App, page: Page, trained: dict[str, str], tmp_path: Path):
    driver.visit(page, address(app, "use", trained))
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(TELCO)
    with page.expect_download(timeout=path.LONG) as waiting:
        page.get_by_role("button", name="Download the answers").click(timeout=path.LONG)
    waiting.value.save_as(tmp_path / "answers.csv")
    with (tmp_path / "answers.csv").open(encoding="utf-8") as file:
        answers = list(csv.DictReader(file))
    assert len(answers) == 7043
    assert {row["prediction"] for row in answers} == {"Yes", "No"}
    assert all(abs(float(row["p_Yes"]) + float(row["p_No"]) - 1) < 1e-6 for row in answers)


@pytest.mark.parametrize("format", ["keras_zip", "python_zip"])
def test_a_downloaded_zip_answers_the_same_when_unpacked_and_run(
    app: App, page: Page, trained: dict[str, str], tmp_path: Path, format: str
):
    driver.visit(page, address(app, "use", trained))
    page.locator(f".st-key-pack-{format} button").click()
    download = page.locator(f".st-key-download-{format} button")
    expect(download).to_be_visible(timeout=path.LONG)
    expect(page.locator(f".st-key-card-format-{format}")).to_contain_text("largest difference")
    with page.expect_download() as waiting:
        download.click()
    waiting.value.save_as(tmp_path / "model.zip")
    with zipfile.ZipFile(tmp_path / "model.zip") as packed:
        packed.extractall(tmp_path / "model")
    folder = next((tmp_path / "model").rglob("predict.py")).parent
    command = [sys.executable, "predict.py", "sample_rows.csv", "answers.csv"]
    subprocess.run(command, cwd=folder, env=NO_ENGINE, check=True, capture_output=True, timeout=120)
    with (folder / "answers.csv").open(encoding="utf-8") as got, (folder / "expected.csv").open() as wanted:
        for answer, expected in zip(csv.DictReader(got), csv.DictReader(wanted), strict=True):
            assert answer["prediction"] == expected["prediction"]
            assert float(answer["p_Yes"]) == pytest.approx(float(expected["p_Yes"]), abs=1e-5)


def test_a_reload_and_another_browser_show_the_whole_curves(app: App, page: Page, trained: dict[str, str]):
    driver.visit(page, address(app, "train", trained))
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    page.reload()
    driver.settled(page)
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)


@pytest.mark.parametrize("step", ["data", "goal", "design", "train", "results", "use"])
def test_every_page_opens_by_its_address_on_a_phone(app: App, page: Page, trained: dict[str, str], step: str):
    page.set_viewport_size({"width": 390, "height": 844})
    driver.visit(page, address(app, step, trained))
    expect(page.get_by_role("heading", name=step.capitalize(), exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_kind_is_changed_and_the_target_is_clicked_on_the_tables(app: App, page: Page):
    page.set_viewport_size({"width": 1440, "height": 1600})
    path.take_sample(page, app.url, "penguins")
    open_cell(page, across=250, row=0)
    expect(page.get_by_role("option", name="Text", exact=True)).to_be_visible()
    page.keyboard.type("Text")
    page.keyboard.press("Enter")
    # The closer look below the table begins with the first column.
    expect(page.get_by_text("You chose this kind.").filter(visible=True).first).to_be_visible()
    driver.settled(page)
    path.onward(page)
    path.at(page, "goal")
    page.mouse.click(*cell(page, across=150, row=-1))
    expect(page.get_by_text(re.compile(r"^One of"))).to_be_visible()
    settings = json.loads((app.home / "projects" / f"{path.project(page)}.json").read_text(encoding="utf-8"))
    assert (settings["kinds"], settings["goal"]["target"]) == ({"Species": "text"}, "Island")


def open_cell(page: Page, across: int, row: int) -> None:
    """Choose a cell by a click and open it by Enter, again where the table was painted anew in between."""
    for _ in range(10):
        page.mouse.click(*cell(page, across, row))
        page.keyboard.press("Enter")
        try:
            expect(page.get_by_role("option").first).to_be_visible(timeout=10_000)
        except AssertionError:
            continue
        return


def cell(page: Page, across: int, row: int) -> tuple[float, float]:
    """Where a cell of the page's first table stands on the screen; row -1 is the head. Tables are painted."""
    table = page.get_by_test_id("stDataFrame").first
    expect(table.locator("canvas").first).to_be_visible()
    driver.still(driver.settled(page), "[data-testid=stDataFrame] canvas")
    box = table.bounding_box()
    return box["x"] + across, box["y"] + 38 * (row >= 0) + 17 + 35 * max(row, 0)


def test_a_killed_worker_goes_on_and_is_paused_beyond_a_reload(app: App, page: Page, tmp_path: Path):
    path.take_sample(page, app.url, "diamonds")
    path.data_to_train(page, "price")
    path.press_start(page)
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    folder = app.home / "runs" / path.run(page)
    expect_file(folder / "checkpoint.npz")
    os.kill(json.loads((folder / "state.json").read_text())["pid"], signal.SIGKILL)
    expect(page.get_by_text("Training was interrupted at epoch").first).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused", exact=True).first).to_be_visible()
    page.reload()
    driver.settled(page)
    expect(page.get_by_text("Paused", exact=True).first).to_be_visible()
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Running", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Stop and keep the best").click()
    path.wait_for_end(page)


def expect_file(file: Path) -> None:
    """Wait until the worker has written the file."""
    until = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < until, f"{file.name} was never written"
        time.sleep(0.05)


def test_training_goes_on_while_browser_and_app_are_gone(tmp_path: Path, chromium):
    home = tmp_path / "home"
    app = driver.start(home)
    try:
        page = chromium.new_page()
        path.to_train(page, app.url, "telco_churn")
        path.press_start(page)
        expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
        where = page.url
        page.close()
        app.stop()
        app = driver.start(home, port=int(app.url.rsplit(":", 1)[1]))
        page = chromium.new_page()
        driver.visit(page, where)
        path.wait_for_end(page)
        expect(page.get_by_text("Done", exact=True).first).to_be_visible()
        page.close()
    finally:
        app.stop()
        driver.stop_supervisor(home)


@pytest.mark.parametrize("page_name", ["data", "goal", "use"])
def test_the_first_request_after_a_start_passes_the_entry_script(tmp_path: Path, chromium, page_name: str):
    app = driver.start(tmp_path / "home")
    try:
        page = chromium.new_page()
        driver.visit(page, f"{app.url}/{page_name}")
        # The header's brand is drawn by pages; the page's title in the browser's tab by the entry script alone.
        expect(page).to_have_title(re.compile("Modelyard"))
        expect(page.get_by_role("heading", name=page_name.capitalize(), exact=True)).to_be_visible()
        page.close()
    finally:
        app.stop()
        driver.stop_supervisor(app.home)


def test_healthz_answers(app: App):
    with urllib.request.urlopen(f"{app.url}/healthz") as answer:
        assert answer.read() == b'{"status":"ok"}'
