"""Screenshots of the Design page in every state worth seeing: `python -m tests.browser.pictures --design`."""

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import canvas, driver, path

SAMPLE, TARGET = "penguins", "Species"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
STANDS = 1000  # milliseconds until the drawing has been moved into view
BLOCKS_OF_60 = 13


def take_all(browser: Browser, url: str, out: Path, scratch: Path) -> None:
    """Draw on a new project, and keep a picture of each state.

    Args:
        url: Where the app answers.
        out: The folder for the pictures.
        scratch: A folder for the file that is imported.
    """
    page = browser.new_page(viewport=WIDE)
    project = path.to_train(page, url, SAMPLE, TARGET)
    path.press_start(page)
    path.wait_for_end(page)
    address = f"{url}/design?project={project}"
    _open(page, address)
    _take(page, out / "design-template.png")
    _preview(page, out)
    _fault(page, out)
    canvas.begin(page, "New, empty")
    _take(page, out / "design-empty.png")
    _import(page, _sixty(scratch / "sixty.json"))
    _take(page, out / "design-60-layers.png")
    canvas.begin(page, "New from the template")
    page.close()
    _elsewhere(browser, address, out)


def _elsewhere(browser: Browser, address: str, out: Path) -> None:
    """The same drawing in the dark and on a phone."""
    for name, size, scheme in (
        ("dark", WIDE, "dark"), ("phone", PHONE, "light"), ("phone-dark", PHONE, "dark"),
    ):  # fmt: skip
        context = browser.new_context(viewport=size, color_scheme=scheme)
        page = context.new_page()
        _open(page, address)
        _take(page, out / f"design-{name}.png")
        context.close()


def _open(page: Page, address: str) -> None:
    driver.visit(page, address)
    canvas.ready(page)


def _take(page: Page, file: Path) -> None:
    canvas.ready(page)
    page.wait_for_timeout(STANDS)
    page.screenshot(path=file)


def _preview(page: Page, out: Path) -> None:
    """A layer is chosen, and what comes out of it for one row stands beside it."""
    canvas.layer(page, "hidden_1").click()
    page.get_by_role("tab", name="Preview").click()
    expect(page.locator(".panel").get_by_text("The network is trained.")).to_be_visible(timeout=path.LONG)
    _take(page, out / "design-preview.png")
    page.get_by_role("tab", name="Settings").click()


def _fault(page: Page, out: Path) -> None:
    """A layer that does not fit, with the button that puts it right."""
    canvas.layer(page, "columns").click()
    page.locator(".panel").get_by_role("button", name="Remove the link from value_row").click()
    expect(page.locator(".mend").first).to_be_visible()
    _take(page, out / "design-fault.png")


def _import(page: Page, file: Path) -> None:
    canvas.menu(page, "Import a file")
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_role("button", name="Put it in place of the drawing").click()
    expect(dialog).to_have_count(0)
    canvas.ready(page)


def _sixty(file: Path) -> Path:
    """A file with a drawing of sixty layers: steps that are added to what they began with."""
    layers = [
        _layer("numbers", "input"),
        _layer("categories", "input"),
        _layer("values", "embedding", "categories"),
        _layer("value_row", "flatten", "values"),
        _layer("columns", "concatenate", "numbers", "value_row"),
        _layer("wide", "dense", "columns", units=64),
    ]
    last = "wide"
    for number in range(1, BLOCKS_OF_60 + 1):
        names = [f"{kind}_{number}" for kind in ("step", "scale", "drop", "sum")]
        layers += [
            _layer(names[0], "dense", last, units=64),
            _layer(names[1], "layer_normalization", names[0]),
            _layer(names[2], "dropout", names[1]),
            _layer(names[3], "add", last, names[2]),
        ]
        last = names[3]
    layers += [_layer("deep", "residual_block", last), _layer("answer", "output", "deep")]
    file.write_text(json.dumps({"version": 1, "layers": layers}), encoding="utf-8")
    return file


def _layer(name: str, kind: str, *inputs: str, **fields: int) -> dict[str, object]:
    return {"name": name, "kind": kind, "inputs": list(inputs), "fields": fields}
