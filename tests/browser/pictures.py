"""Screenshots of every page for the README and for the eye: wide and phone, light and dark.

    python -m tests.browser.pictures [--out docs/pictures] [--all | --design]

Without `--all` only the wide light and dark pictures are kept, which is what the README shows.
With `--design` it is the Design page alone, in every state worth seeing; give it a folder of its own.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import canvas, driver, path, pictures_design
from tests.browser.driver import App

STEPS = ("data", "goal", "design", "train", "results", "use")
WIDE, PHONE = (1440, 900), (390, 844)
TALLEST = 6000
DRAWN = 800  # milliseconds until tables and charts, which are painted, stand still
# Streamlit scrolls inside this element, so a picture of the whole page needs a window as tall as its content.
CONTENT_HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


def take(page: Page, file: Path, whole: bool) -> None:
    """A picture of the window, or of the whole page."""
    size = page.viewport_size
    if whole:
        height = min(max(page.evaluate(CONTENT_HEIGHT), size["height"]), TALLEST)
        page.set_viewport_size({"width": size["width"], "height": height})
        driver.settled(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(DRAWN)
    page.screenshot(path=file)
    page.set_viewport_size(size)


def walk(browser: Browser, app: App) -> dict[str, str]:
    """Walk the path once; the addresses of all pages."""
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    project = path.to_train(page, app.url, "telco_churn")
    path.press_start(page)
    path.wait_for_end(page)
    run = path.run(page)
    driver.visit(page, f"{app.url}/use?project={project}&run={run}")
    page.locator(".st-key-pack-python_zip button").first.click()
    expect(page.locator(".st-key-download-python_zip button")).to_be_visible(timeout=path.LONG)
    page.close()
    return {"home": app.url} | {s: f"{app.url}/{s}?project={project}&run={run}" for s in STEPS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=driver.ROOT / "docs" / "pictures")
    parser.add_argument("--all", action="store_true", help="phones and whole pages too")
    parser.add_argument("--design", action="store_true", help="the Design page in every state")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, driver.chromium() as browser:
        app = driver.start(Path(folder))
        try:
            if args.design:
                pictures_design.take_all(browser, app.url, args.out, app.home)
            else:
                every_page(browser, app, args.out, args.all)
        finally:
            app.stop()
            driver.stop_supervisor(app.home)


def every_page(browser: Browser, app: App, out: Path, whole: bool) -> None:
    """Every page, light and dark."""
    addresses = walk(browser, app)
    for scheme in ("light", "dark"):
        for name, size in {"": WIDE, "-phone": PHONE}.items():
            if name and not whole:
                continue
            window = {"width": size[0], "height": size[1]}
            context = browser.new_context(viewport=window, color_scheme=scheme)
            page = context.new_page()
            for step, address in addresses.items():
                driver.visit(page, address)
                if step == "design":
                    canvas.ready(page)
                take(page, out / f"{step}-{scheme}{name}.png", whole)
            context.close()


if __name__ == "__main__":
    main()
