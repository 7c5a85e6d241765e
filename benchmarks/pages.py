"""The page process: server CPU and seconds to the first usable page, memory with one viewer, seconds for a click.

    python -m benchmarks.pages [--repeats 5]

Every repeat starts a fresh app on a fresh workspace and opens it in headless Chromium.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import Page

from benchmarks.table import show
from tests.browser import driver, path

SAMPLE = Path("core/sample_data/telco_churn")


def cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def megabytes(process: psutil.Process) -> float:
    """Memory of its own: what would be free if the process ended, shared pages of libraries not counted twice."""
    return process.memory_full_info().uss / 1e6


# Notes in the browser when a click came in and when the page with this title stood there, its script run over.
WATCH = """(title) => {
  window.clicked = window.answered = 0;
  const look = () => {
    const app = document.querySelector('[data-testid=stApp]'), head = document.querySelector('h1');
    const there = head && head.textContent.trim() === title && app.dataset.testScriptState === 'notRunning';
    if (there) window.answered = performance.now(); else requestAnimationFrame(look);
  };
  document.addEventListener('click', () => { window.clicked = performance.now(); look(); },
    {capture: true, once: true});
}"""


def click(page: Page, label: str) -> float:
    """Seconds from a click on the step of this name until its page has answered, on the browser's clock."""
    page.evaluate(WATCH, label)
    page.get_by_role("link", name=label).first.click()
    page.wait_for_function("window.clicked > 0 && window.answered > window.clicked")
    seconds = page.evaluate("(window.answered - window.clicked) / 1000")
    driver.settled(page)
    return seconds


def once() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, driver.chromium() as browser:
        began = time.perf_counter()
        app = driver.start(Path(folder))
        try:
            process = psutil.Process(app.process.pid)
            started = time.perf_counter() - began
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            opened = time.perf_counter()
            driver.visit(page, app.url)
            usable = time.perf_counter() - opened
            row = {
                "start to answering, s": started,
                "opened to usable, s": usable,
                "server CPU to first usable page, s": cpu_seconds(process),
                "memory after home (USS), MB": megabytes(process),
                "memory after home (RSS), MB": process.memory_info().rss / 1e6,
            }
            project = make_project(page)
            path.data_to_train(page, "churn")
            row["memory at train (RSS), MB"] = process.memory_info().rss / 1e6
            path.press_start(page)
            path.wait_for_end(page)
            for step in ("train", "results", "use"):
                driver.visit(page, f"{app.url}/{step}?project={project}")
                row[f"memory after {step} (RSS), MB"] = process.memory_info().rss / 1e6
            row["memory at the end (PSS), MB"] = process.memory_full_info().pss / 1e6
            row["memory at the end (USS), MB"] = megabytes(process)
            clicks = [
                click(page, label) for label in ("Data", "Goal", "Design", "Train", "Results", "Use") * 3
            ]
            row["click on another step, median of 18, s"] = statistics.median(clicks)
            return row
        finally:
            app.stop()
            driver.stop_supervisor(app.home)


def make_project(page: Page) -> str:
    """A project on the telco sample, made as a user makes it; its id."""
    page.locator(".st-key-open-telco_churn button").first.click()
    page.wait_for_url("**/data?project=*", timeout=60_000)
    driver.settled(page)
    return page.url.split("project=")[1].split("&")[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    rows = [once() for _ in range(parser.parse_args().repeats)]
    show(
        ["measured", "median", "least", "most"],
        [
            [name, *(f"{f(r[name] for r in rows):.2f}" for f in (statistics.median, min, max))]
            for name in rows[0]
        ],
    )


if __name__ == "__main__":
    main()
