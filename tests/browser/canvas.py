"""The drawing on the Design page, as somebody with a mouse or a keyboard meets it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import driver
from tests.browser.driver import settled

SAVED = "[role=status][data-saved=true]"
DRAWN = ".react-flow__node, .react-flow__edge"


def ready(page: Page) -> Page:
    """Wait until the editor stands there and everything drawn so far is saved."""
    expect(page.locator(SAVED)).to_be_visible()
    return settled(page)


def show_all(page: Page) -> Page:
    """Bring all layers into view, and wait until the view stands still."""
    page.get_by_role("toolbar").get_by_role("button", name="Show everything").click()
    return still(page)


def still(page: Page) -> Page:
    """Wait until the view, the layers and the links stand still."""
    return driver.still(page, DRAWN)


def layers(page: Page) -> Locator:
    """Every layer on the canvas."""
    return page.locator(".react-flow__node .card")


def layer(page: Page, name: str) -> Locator:
    """One layer on the canvas."""
    return page.locator(f'.react-flow__node .card[data-layer="{name}"]')


def names(page: Page) -> set[str]:
    """What the layers are called; all are brought into view, because only those are drawn."""
    show_all(ready(page))
    expect(layers(page)).to_have_count(int(total(page, "Layers").inner_text()))
    return {card.get_attribute("data-layer") or "" for card in layers(page).all()}


def links(page: Page) -> set[str]:
    """The links as "from>to"."""
    still(ready(page))
    return {link.get_attribute("data-id") or "" for link in page.locator(".react-flow__edge").all()}


def drag_in(page: Page, kind: str, x: float, y: float) -> None:
    """Drag a kind of layer from the palette to a place on the canvas, as shares of its width and height."""
    pane = page.locator(".react-flow__pane")
    box = pane.bounding_box()
    count = int(total(page, "Layers").inner_text())
    page.get_by_role("searchbox", name="Search layers").fill(kind.replace("_", " "))
    entry = page.locator(f'.palette [data-entry="{kind}"]')
    entry.drag_to(pane, target_position={"x": box["width"] * x, "y": box["height"] * y})
    page.get_by_role("searchbox", name="Search layers").fill("")
    expect(total(page, "Layers")).to_have_text(str(count + 1))
    still(ready(page))


def port(page: Page, name: str, side: str) -> Locator:
    """The small circle where links leave ("source") or arrive ("target")."""
    return page.locator(f'.react-flow__node[data-id="{name}"] .react-flow__handle.{side}').first


def pull(page: Page, source: str, target: str) -> None:
    """Pull a link out of one layer and over another, without letting go.

    What is said on the cards comes from the server and moves their circles, so everything drawn is saved first.
    """
    still(ready(page))
    port(page, source, "source").hover()
    page.mouse.down()
    box = port(page, target, "target").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=12)


def link(page: Page, source: str, target: str) -> None:
    """Draw a link from one layer to another with the mouse."""
    pull(page, source, target)
    expect(port(page, target, "target")).to_have_class(re.compile("connectingto"))
    page.mouse.up()


def setting(page: Page, label: str) -> Locator:
    """The field of this label in the panel of the chosen layer."""
    return page.locator(".panel").get_by_label(re.compile(rf"^{re.escape(label)}"))


def total(page: Page, label: str) -> Locator:
    """A figure above the canvas, such as the number of weights."""
    return page.locator(".mp-totals li", has_text=re.compile(rf"^{re.escape(label)}")).locator(
        ".mp-total-value"
    )


def node(page: Page, name: str) -> Locator:
    """One layer with its circles and buttons."""
    return page.locator(f'.react-flow__node[data-id="{name}"]')


def menu(page: Page, entry: str) -> None:
    """Choose an entry of the menu of drawings."""
    page.get_by_role("button", name=re.compile("More")).first.click()
    page.get_by_role("button", name=entry).click()
    settled(page)


def begin(page: Page, entry: str) -> Page:
    """Begin another drawing by an entry of the menu, and wait until it is shown instead of the one before."""
    before = page.locator(SAVED).get_attribute("data-load") or ""
    menu(page, entry)
    expect(page.locator("[role=status][data-saved]")).not_to_have_attribute("data-load", before)
    return still(ready(page))


def focus(page: Page) -> None:
    """Give the canvas the keyboard, as a click beside the layers does."""
    page.locator(".react-flow__pane").click(position={"x": 8, "y": 200})


def tab_to_canvas(page: Page) -> None:
    """Press Tab until the canvas has the keyboard."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.locator(".stage:focus").count():
            return
    raise AssertionError("Tab never reached the canvas")


def press_by_keyboard(page: Page, label: str) -> None:
    """Press Tab until the button of this name has the keyboard, then Enter."""
    wanted = page.get_by_role("button", name=re.compile(label))
    expect(wanted).to_be_enabled()
    for _ in range(200):
        if wanted.evaluate("button => button === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached “{label}”")
