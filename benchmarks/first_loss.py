"""Seconds from the click on Train to the first loss: on disk (warm and cold start), and on the screen.

    python -m benchmarks.first_loss [--repeats 5]

"Warm" asks a supervisor that has TensorFlow loaded; "cold" starts `python -m core.worker` as the terminal does.
"Screen" clicks Start in headless Chromium and waits until the live chart shows a first loss.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.table import show
from core import runs
from core.launchers import this_machine
from core.runs import Run
from tests.browser import driver, path

# The panel stands in a shadow of the page's tree, which a plain selector does not enter.
SHOWN = r"""() => {
  const shadows = [...document.querySelectorAll('*')].flatMap((one) => one.shadowRoot ?? []);
  const loss = (root) => root.querySelector('.part-curves figure.loss .legend .training b')?.textContent;
  return [document, ...shadows].some((root) => /\d/.test(loss(root) ?? ''));
}"""


def wait_for_steps(run: Run, began: float) -> float:
    """Seconds from `began` to the first event with losses in it."""
    while True:
        if any(event["kind"] in ("steps", "failed") for event in run.events()[0]):
            return time.perf_counter() - began
        time.sleep(0.002)


def warm(like: Run) -> float:
    run = runs.create(like.spec())
    began = time.perf_counter()
    runs.submit(run)
    seconds = wait_for_steps(run, began)
    while not run.state().ended:
        time.sleep(0.05)
    return seconds


def cold(like: Run) -> float:
    run = runs.create(like.spec())
    began = time.perf_counter()
    process = this_machine.start_cold(run.folder)
    seconds = wait_for_steps(run, began)
    process.wait()
    return seconds


def on_screen(page: Page, url: str) -> float:
    """Click Start on the Train page of a fresh project, and wait for the first loss in the live figures."""
    path.to_train(page, url, "telco_churn")
    began = time.perf_counter()
    path.press_start(page)
    page.wait_for_function(SHOWN, timeout=30_000)  # looks at each frame; `expect` would look twice a second
    seconds = time.perf_counter() - began
    path.wait_for_end(page)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = range(parser.parse_args().repeats)
    with tempfile.TemporaryDirectory() as folder, driver.chromium() as browser:
        os.environ["MODELYARD_HOME"] = folder
        app = driver.start(Path(folder))
        try:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            screen = [on_screen(page, app.url) for _ in repeats]
            like = runs.everything()[0]
            found = {
                "warm start, first loss on disk": [warm(like) for _ in repeats],
                "cold start, first loss on disk": [cold(like) for _ in repeats],
                "click to first loss on the screen": screen,
            }
        finally:
            app.stop()
            driver.stop_supervisor(app.home)
    rows = [[n, *(f"{f(s):.2f}" for f in (statistics.median, min, max))] for n, s in found.items()]
    show(["seconds", "median", "least", "most"], rows)


if __name__ == "__main__":
    main()
