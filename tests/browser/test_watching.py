"""While a network learns, a founder sees rows of the table answered, looks into the layers, and is told of the end."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import driver, path

pytestmark = [pytest.mark.browser, pytest.mark.heavy]

# What a browser does with messages cannot be seen from inside a page: they are written down instead.
WRITTEN_DOWN = """
    window.shown = [];
    window.Notification = class {
        static permission = "default";
        static async requestPermission() { return (Notification.permission = "granted"); }
        constructor(title, { body }) { window.shown.push(`${title}: ${body}`); }
        close() {}
    };
    window.hide = (hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    };
"""


def test_rows_layers_and_a_word_at_the_end(page: Page, app: driver.App):
    page.add_init_script(WRITTEN_DOWN)
    path.to_train(page, app.url, "telco_churn")
    path.press_start(page)

    rows = page.locator(".part-rows .body .line")
    expect(rows).to_have_count(6, timeout=path.LONG)
    expect(rows.first.get_by_text(re.compile(r"^Best at first · Row [\d,]+$"))).to_be_visible()
    expect(page.locator(".part-rows .verdict").first).to_have_text(re.compile("right|wrong"))

    page.get_by_label("Tell me when it is done").check()
    expect(page.get_by_text("This browser will tell you")).to_be_visible()

    page.get_by_role("button", name="Look inside the layers").click()
    layers = page.locator(".part-layers .body .line")
    expect(layers.first).to_be_visible(timeout=path.LONG)
    expect(layers.last.locator(".name")).to_have_text("answerOutput")

    page.evaluate("hide(true)")
    page.wait_for_function("window.shown.length > 0", timeout=path.LONG)
    (said,) = page.evaluate("window.shown")
    assert re.fullmatch(
        r"Modelyard: Training of “.*” is done: Ranking \(ROC AUC\) is 0\.\d+ on rows it never saw\.", said
    )
    page.evaluate("hide(false)")
    path.wait_for_end(page)
    expect(rows).to_have_count(6)
    expect(page.locator(".part-rows").get_by_text(re.compile("as the kept epoch"))).to_be_visible()
    expect(page.get_by_label("Tell me when it is done")).not_to_be_visible()
    assert len(page.evaluate("window.shown")) == 1
