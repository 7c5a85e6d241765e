"""Networks are drawn in the browser: by mouse, by keyboard alone, undone, kept, and put right by one click."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import canvas, driver, path
from tests.browser.driver import App

pytestmark = [pytest.mark.heavy, pytest.mark.browser]

MANY = 110
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def address(app: App, chromium: Browser) -> str:
    """The Design page of a project on the penguins."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    path.take_sample(page, app.url, "penguins")
    path.onward(page)
    path.at(page, "goal")
    path.choose_target(page, "Species")
    path.onward(page)
    path.at(page, "design")
    canvas.ready(page)
    found = f"{app.url}/design?project={path.project(page)}"
    page.close()
    return found


@pytest.fixture
def drawing(page: Page, address: str) -> Page:
    """The proposed network as a drawing of its own."""
    page.set_viewport_size({"width": 1440, "height": 1300})  # a drag does not scroll
    driver.visit(page, address)
    return canvas.show_all(canvas.begin(page, "New from the template"))


@pytest.fixture
def empty(page: Page, address: str) -> Page:
    """An empty canvas."""
    page.set_viewport_size({"width": 1440, "height": 1300})  # a drag does not scroll
    driver.visit(page, address)
    canvas.begin(page, "New, empty")
    expect(canvas.layers(page)).to_have_count(0)
    return page


def train(page: Page) -> None:
    """From the drawing to the results, as the user goes on."""
    canvas.ready(page)
    path.onward(page)
    path.at(page, "train")
    path.press_start(page)
    path.wait_for_end(page)
    path.onward(page)
    path.at(page, "results")
    expect(page.get_by_text(re.compile(r"Of 100 rows it has never seen, it gets \d+ right"))).to_be_visible()


def test_a_network_is_drawn_by_mouse_from_an_empty_canvas_and_trained(empty: Page):
    page = empty
    for kind, x, y in (
        ("input", 0.2, 0.2), ("input", 0.75, 0.2), ("embedding", 0.75, 0.4), ("flatten", 0.75, 0.58),
        ("concatenate", 0.45, 0.7), ("dense", 0.25, 0.8), ("output", 0.75, 0.85),
    ):  # fmt: skip
        canvas.drag_in(page, kind, x, y)
        canvas.show_all(page)
    expect(canvas.layers(page)).to_have_count(7)
    for source, target in (
        ("numbers", "concatenate_1"), ("categories", "embedding_1"), ("embedding_1", "flatten_1"),
        ("flatten_1", "concatenate_1"), ("concatenate_1", "dense_1"), ("dense_1", "output_1"),
    ):  # fmt: skip
        canvas.link(page, source, target)
        expect(page.locator(f'.react-flow__edge[data-id="{source}>{target}"]')).to_be_attached()
    page.get_by_role("button", name="Arrange the layers").click()
    expect(canvas.layer(page, "output_1")).to_contain_text("3 numbers")
    train(page)


def test_a_network_is_drawn_by_keyboard_alone_and_trained(empty: Page):
    page, keys = empty, empty.keyboard
    canvas.tab_to_canvas(page)
    for kind in ("input", "dense", "output"):
        keys.press("a")
        expect(page.get_by_role("listbox", name="Add a layer")).to_be_visible()
        keys.type(kind)
        keys.press("Enter")
        expect(page.locator(f'.card[data-kind="{kind}"]')).to_be_attached()
    expect(page.locator(".react-flow__edge")).to_have_count(2)
    # Units by hand: up to the dense layer, into its settings, and back.
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(canvas.setting(page, "Units")).to_be_focused()
    keys.press("Control+a")
    keys.type("24")
    keys.press("Enter")
    keys.press("Escape")
    expect(canvas.layer(page, "dense_1")).to_contain_text("24 numbers")
    # A second way from the input to a new layer, drawn as a link.
    keys.press("a")
    keys.type("dropout")
    keys.press("Enter")
    expect(canvas.layer(page, "dropout_1")).to_contain_text("24 numbers")
    canvas.ready(page)
    canvas.press_by_keyboard(page, "Go to training")
    path.at(page, "train")
    canvas.press_by_keyboard(page, "Start training|Train again")
    path.wait_for_end(page)


def test_everything_can_be_undone_and_done_again(drawing: Page):
    page = drawing
    before = canvas.names(page)
    canvas.layer(page, "hidden_1").click()
    for _ in range(MANY):
        page.keyboard.press("Control+d")
    expect(canvas.total(page, "Layers")).to_have_text(str(len(before) + MANY))
    for _ in range(MANY):
        page.keyboard.press("Control+z")
    expect(canvas.total(page, "Layers")).to_have_text(str(len(before)))
    assert canvas.names(page) == before
    for _ in range(MANY):
        page.keyboard.press("Control+y")
    expect(canvas.total(page, "Layers")).to_have_text(str(len(before) + MANY))
    canvas.ready(page)


def test_a_reload_and_another_browser_show_what_was_drawn(drawing: Page, chromium: Browser):
    page = drawing
    canvas.layer(page, "hidden_2").click()
    page.keyboard.press("Delete")
    expect(canvas.layer(page, "hidden_2")).to_have_count(0)
    canvas.ready(page)
    drawn = canvas.names(page)
    page.reload()
    canvas.ready(page)
    assert canvas.names(page) == drawn
    other = chromium.new_page(viewport={"width": 1440, "height": 900})
    driver.visit(other, page.url)
    canvas.ready(other)
    assert canvas.names(other) == drawn
    other.close()
    canvas.focus(page)
    page.keyboard.press("Control+z")
    expect(canvas.layer(page, "hidden_2")).to_be_attached()


def test_what_is_drawn_without_a_connection_is_saved_when_it_returns(drawing: Page):
    page = drawing
    page.context.set_offline(True)
    canvas.layer(page, "hidden_1").click()
    page.keyboard.press("Control+d")
    expect(page.locator(".status")).to_contain_text("Not saved yet")
    page.context.set_offline(False)
    canvas.ready(page)
    drawn = canvas.names(page)
    page.reload()
    canvas.ready(page)
    assert canvas.names(page) == drawn


def test_what_is_drawn_while_the_server_is_down_is_saved_when_it_is_back(
    drawing: Page, address: str, app: App, tmp_path: Path, chromium: Browser
):
    own = driver.start(tmp_path)
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    try:
        path.take_sample(page, own.url, "penguins")
        path.onward(page)
        path.at(page, "goal")
        path.choose_target(page, "Species")
        path.onward(page)
        path.at(page, "design")
        before = len(canvas.names(canvas.ready(page)))
        own.stop()
        canvas.layer(page, "hidden_1").click()
        page.keyboard.press("Control+d")
        expect(page.locator(".status")).to_contain_text("Not saved yet")
        own = driver.start(tmp_path, int(own.url.rsplit(":", 1)[1]))
        canvas.ready(page)
        drawn = canvas.names(page)
        assert len(drawn) == before + 1
        page.reload()
        canvas.ready(page)
        assert canvas.names(page) == drawn
    finally:
        page.close()
        own.stop()
        driver.stop_supervisor(own.home)


def test_two_errors_sit_on_their_layers_and_are_put_right_by_one_click_each(drawing: Page):
    page = drawing
    forward = page.locator(".st-key-onward button")
    # Without the layer that flattens, the categories' numbers do not fit beside the others.
    canvas.layer(page, "value_row").click()
    page.keyboard.press("Delete")
    broken = canvas.layer(page, "columns")
    expect(broken.locator(".fault")).to_be_visible()
    expect(canvas.layer(page, "hidden_1")).to_contain_text("Waits for columns")
    expect(forward).to_be_disabled()
    canvas.node(page, "columns").get_by_role("button", name=re.compile("Insert")).first.click()
    expect(broken.locator(".fault")).to_have_count(0)
    expect(forward).to_be_enabled()
    # A layer that leads nowhere.
    canvas.drag_in(page, "dense", 0.15, 0.85)
    lost = page.locator(".react-flow__node", has=page.locator(".card[data-kind=dense] .fault"))
    expect(lost).to_have_count(1)
    expect(forward).to_be_disabled()
    page.locator(".panel").get_by_role("button", name=re.compile("^Remove “dense")).click()
    expect(page.locator(".card .fault")).to_have_count(0)
    expect(forward).to_be_enabled()


def test_a_link_that_would_make_a_ring_is_refused_while_dragging_with_the_reason(drawing: Page):
    page = drawing
    links = canvas.links(page)
    canvas.pull(page, "hidden_2", "hidden_1")
    expect(page.get_by_text("This would make a ring")).to_be_visible()
    page.mouse.up()
    assert canvas.links(page) == links


def test_code_and_words_follow_the_form(drawing: Page):
    page = drawing
    canvas.layer(page, "hidden_1").click()
    canvas.setting(page, "Units").fill("77")
    canvas.setting(page, "Units").press("Enter")
    expect(canvas.layer(page, "hidden_1")).to_contain_text("77 numbers")
    page.get_by_role("tab", name="Code").click()
    expect(page.locator(".panel pre")).to_contain_text(
        'keras.layers.Dense(77, activation="gelu", name="hidden_1")'
    )
    page.get_by_role("tab", name="In words").click()
    expect(page.locator(".panel")).to_contain_text(re.compile("Two steps of 77 and [0-9]+ units"))


def test_a_chosen_layer_shows_what_comes_out_of_it_for_a_real_row(drawing: Page):
    page = drawing
    canvas.layer(page, "columns").click()
    page.get_by_role("tab", name="Preview").click()
    expect(page.get_by_role("img", name=re.compile("numbers from .* as bars"))).to_be_visible()
    canvas.show_all(page)
    canvas.layer(page, "answer").click()
    expect(page.locator(".panel")).to_contain_text("For row 1 it answers")


def test_layers_become_a_block_that_can_be_opened_again(drawing: Page):
    page = drawing
    before = canvas.names(page)
    canvas.layer(page, "hidden_1").click()
    canvas.layer(page, "dropout_1").click(modifiers=["Control"])
    page.get_by_label("Name of the block").fill("My pair")
    page.get_by_role("button", name="Make a block of these").click()
    expect(canvas.layer(page, "hidden_1")).to_have_count(0)
    block = page.locator(".card[data-kind=own_block]")
    expect(block).to_have_count(1)
    expect(page.locator(".palette").get_by_text("My pair")).to_be_attached()
    block.click()
    page.locator(".panel").get_by_role("button", name="Open the block").click()
    expect(block).to_have_count(0)
    expect(canvas.total(page, "Layers")).to_have_text(str(len(before)))
    canvas.ready(page)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_axe_has_no_serious_finding(drawing: Page, width: int, height: int):
    page = drawing
    page.set_viewport_size({"width": width, "height": height})
    canvas.layer(page, "hidden_1").click()
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found if v["impact"] in SERIOUS] == []


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(driver.PATIENCE)
    page = context.new_page()
    driver.visit(page, address)
    yield canvas.begin(page, "New from the template")
    context.close()


def test_a_finger_adds_a_layer_and_changes_it(phone: Page):
    phone.get_by_role("button", name="Insert a layer between members and hidden_1").tap()
    phone.get_by_role("option", name=re.compile("Layer normalization")).tap()
    added = phone.locator(".card[data-kind=layer_normalization]")
    expect(added).to_have_count(1)
    added.tap()
    expect(phone.locator(".panel")).to_contain_text("Layer normalization")
    canvas.ready(phone)
