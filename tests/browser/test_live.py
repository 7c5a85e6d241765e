"""The moving panel in a real browser, on a run whose journal the test writes: nothing here depends on how fast anything is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core import runs
from core.runs import states
from tests.browser import driver, path
from tests.browser.driver import App
from tests.browser.told_run import STEPS, ToldRun


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToldRun]:
    """A run with eight epochs behind it."""
    kept = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("told")
    kept.setenv("MODELYARD_HOME", str(home))
    run = ToldRun(home)
    run.begin()
    for _ in range(8):
        run.whole_epoch()
    yield run
    run.close()
    kept.undo()


@pytest.fixture(autouse=True)
def workspace(told: ToldRun, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The run's workspace instead of one for each test."""
    home = told.run.folder.parent.parent
    monkeypatch.setenv("MODELYARD_HOME", str(home))
    return home


@pytest.fixture(scope="module")
def app(told: ToldRun) -> Iterator[App]:
    running = driver.start(told.run.folder.parent.parent)
    yield running
    running.stop()


@pytest.fixture
def shown(app: App, told: ToldRun, page: Page) -> Page:
    """The run's page with its curves."""
    driver.visit(page, f"{app.url}/{told.address}")
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    return page


def stage(page: Page, chart: str = "loss") -> Locator:
    return page.locator(f".part-curves figure.{chart} > .stage")


def axis(page: Page, chart: str = "loss") -> tuple[float, float]:
    """The range of the axis that the chart shows."""
    first, last = stage(page, chart).get_attribute("data-shown").split()
    return float(first), float(last)


def figure(page: Page, label: str) -> Locator:
    return (
        page.locator(".part-status .figures > div")
        .filter(has=page.get_by_text(label, exact=True))
        .locator("dd")
    )


def drag(page: Page, begin: float, end: float) -> None:
    """Choose a range on the chart of the loss, in shares of its width."""
    over = ".part-curves figure.loss > .stage .u-over"
    box = driver.still(page, over).locator(over).bounding_box()
    page.mouse.move(box["x"] + box["width"] * begin, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, box["y"] + 50, steps=6)
    page.mouse.up()
    expect(page.get_by_role("button", name="Whole run")).to_be_visible()


def test_figures_and_curves_move_while_it_trains(told: ToldRun, shown: Page):
    expect(shown.locator(".part-status .badge")).to_have_text("Running")
    before = told.epoch
    expect(figure(shown, "Step")).to_have_text(f"{before * STEPS:,}")
    told.whole_epoch()
    expect(figure(shown, "Step")).to_have_text(f"{told.step:,}")
    expect(stage(shown)).to_have_attribute("data-shown", f"0 {told.epoch}")
    expect(stage(shown)).to_have_attribute("aria-label", re.compile(f"at epoch {told.epoch}"))
    expect(shown.get_by_role("progressbar")).to_have_attribute("aria-valuetext", re.compile("^Epoch"))


def test_a_zoom_stays_while_points_come_and_goes_with_a_button(told: ToldRun, shown: Page):
    drag(shown, 0.25, 0.5)
    expect(shown.get_by_role("button", name="Whole run")).to_be_visible()
    zoomed = axis(shown)
    assert zoomed[1] - zoomed[0] == pytest.approx(told.epoch / 4, rel=0.1)
    assert axis(shown, "metric") == pytest.approx(zoomed, abs=0.3)
    told.whole_epoch()
    expect(figure(shown, "Step")).to_have_text(f"{told.step:,}")
    assert axis(shown) == zoomed
    shown.get_by_role("button", name="Whole run").click()
    expect(stage(shown)).to_have_attribute("data-shown", f"0 {told.epoch}")
    drag(shown, 0.6, 0.9)
    expect(shown.get_by_role("button", name="Whole run")).to_be_visible()
    shown.locator(".part-curves figure.loss > .stage .u-over").dblclick()
    expect(shown.get_by_role("button", name="Whole run")).to_be_hidden()


def test_the_keyboard_reads_values_and_zooms(told: ToldRun, shown: Page):
    stage(shown).focus()
    shown.keyboard.press("+")
    expect(shown.get_by_role("button", name="Whole run")).to_be_visible()
    assert axis(shown)[0] == pytest.approx(told.epoch * 0.75)
    latest = path.live_loss(shown).text_content()
    for _ in range(60):
        shown.keyboard.press("ArrowLeft")
    expect(path.live_loss(shown)).not_to_have_text(latest)
    shown.keyboard.press("0")
    expect(stage(shown)).to_have_attribute("data-shown", f"0 {told.epoch}")


def test_the_axis_counts_steps_and_a_zoom_keeps_its_place(told: ToldRun, shown: Page):
    shown.get_by_role("radio", name="Steps").check()
    expect(stage(shown)).to_have_attribute("data-shown", f"0 {told.step}")
    drag(shown, 0.5, 0.75)
    steps = axis(shown)
    shown.get_by_role("radio", name="Epochs").check()
    assert axis(shown) == pytest.approx([step / STEPS for step in steps])


def test_smoothing_leaves_the_raw_line_and_the_true_values(told: ToldRun, shown: Page):
    value = path.live_loss(shown).text_content()
    before = stage(shown).get_attribute("data-lines")
    shown.get_by_role("radio", name="Much").check()
    expect(stage(shown)).not_to_have_attribute("data-lines", before)
    expect(path.live_loss(shown)).to_have_text(value)


def test_a_log_scale_is_drawn(told: ToldRun, shown: Page):
    shown.get_by_label("Log scale").check()
    expect(stage(shown)).to_have_attribute("data-scale", "log")
    expect(stage(shown, "metric")).to_have_attribute("data-scale", "log")
    shown.get_by_label("Log scale").uncheck()
    expect(stage(shown)).to_have_attribute("data-scale", "linear")


def test_every_metric_of_the_task_can_be_chosen_and_the_choice_stays(app: App, told: ToldRun, shown: Page):
    labels = [str(label) for label, _ in told.task.METRIC_WORDS.values()]
    for label in labels:
        shown.get_by_role("radio", name=label).check()
        expect(stage(shown, "metric")).to_have_attribute("aria-label", re.compile(f"^{re.escape(label)}"))
    shown.reload()
    driver.settled(shown)
    expect(shown.get_by_role("radio", name=labels[-1])).to_be_checked()


def test_the_learning_rate_has_a_line_where_it_changes(shown: Page):
    expect(shown.locator(".part-curves .rate")).to_be_hidden()
    shown.get_by_label("Learning rate").check()
    expect(shown.locator(".part-curves .rate .legend b").first).to_have_text(path.A_NUMBER)


def test_the_theme_is_changed_while_it_is_open(app: App, told: ToldRun, page: Page):
    driver.visit(page, f"{app.url}/{told.address}")
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    drag(page, 0.2, 0.6)
    zoomed = axis(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".part-curves .legend b").first).to_have_css("color", "rgb(233, 231, 225)")
    assert axis(page) == zoomed


def test_a_phone_has_no_sideways_scrolling(app: App, told: ToldRun, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    driver.visit(page, f"{app.url}/{told.address}")
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    overlap = page.locator(".part").evaluate_all(
        "parts => parts.filter(part => part.scrollWidth > part.clientWidth + 1).length"
    )
    assert overlap == 0


def test_the_server_ends_at_once_while_somebody_looks_who_goes_on_looking_at_the_next_one(
    told: ToldRun, page: Page
):
    first = driver.start(told.run.folder.parent.parent)
    driver.visit(page, f"{first.url}/{told.address}")
    expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    first.stop()
    second = driver.start(first.home, port=int(first.url.rsplit(":", 1)[1]))
    try:
        told.whole_epoch()
        expect(figure(page, "Step")).to_have_text(f"{told.step:,}")
    finally:
        page.close()
        second.stop()


def test_the_page_is_drawn_anew_when_the_state_changes_and_only_then(
    app: App, told: ToldRun, chromium: Browser
):
    """Two windows: what one asks for, the other one shows too. Runs of the page are counted by what the server is sent."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    here, there = context.new_page(), context.new_page()
    sent: list[int] = []
    there.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    for page in (here, there):
        driver.visit(page, f"{app.url}/{told.address}")
        expect(path.live_loss(page)).to_have_text(path.A_NUMBER)
    before = len(sent)
    told.whole_epoch()
    expect(figure(there, "Step")).to_have_text(f"{told.step:,}")
    assert len(sent) == before  # numbers alone run no script
    here.get_by_role("button", name="Pause").click()
    expect(there.get_by_role("button", name="Go on")).to_be_visible()
    told.stand("paused")
    expect(there.locator(".part-status .badge")).to_have_text("Paused")
    expect(there.locator(".part-status .saying")).to_have_text(re.compile("^Paused"))
    here.get_by_role("button", name="Go on").click()
    expect(there.get_by_role("button", name="Pause")).to_be_visible()
    if told.run.state().name == "queued":
        told.stand("starting")
    told.stand("running")
    runs.request_stop(told.run)
    told.stand("stopping")
    told.end("stopped")
    for page in (here, there):
        expect(page.get_by_role("button", name="Train again").first).to_be_visible()
        expect(page.locator(".part-status .badge")).to_have_text(str(states.LABELS["stopped"]))
    driver.settled(there)
    count = len(sent)
    there.wait_for_timeout(4_000)  # longer than the browser waits before it asks once more
    assert len(sent) == count
    context.close()
