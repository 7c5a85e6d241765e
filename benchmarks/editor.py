"""How quickly the drawing answers in a real browser: from a change to its badges, saving, and dragging.

    python -m benchmarks.editor [--layers 3 50 200] [--changes 20] [--drag 300]

A change is a number of units typed into the form and Enter; it has arrived when the layer's badge shows the new size. The
clock is the browser's. Of each change, the request that saves it and brings the report is also measured on its own. Frames are
counted while a layer is dragged about for two seconds.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.table import show
from core import datasets, drawings, prepare, projects, samples, suggest
from core.graph import Graph, Layer
from core.projects import Project
from tests.browser import driver

CHANGED = "layer_1"
DRAG_SECONDS = 2.0
# Resolves with the milliseconds from Enter in the form until the badge of the layer says something else.
WAIT = """(card, name) => {
  const root = card.getRootNode(), read = () => root.querySelector(`[data-layer="${name}"] .gives`)?.textContent ?? "";
  const before = read();
  window.answered = new Promise((resolve) => {
    let began = 0;
    root.addEventListener("keydown", (event) => {
      if (event.key === "Enter") began = performance.now();
    }, { capture: true, once: true });
    const watcher = new MutationObserver(() => {
      if (!began || read() === before || !read()) return;
      watcher.disconnect();
      resolve(performance.now() - began);
    });
    watcher.observe(card.closest(".react-flow") ?? card, { subtree: true, childList: true, characterData: true });
  });
}"""
COUNT_FRAMES = """() => {
  window.frames_seen = []; window.counting = true;
  const frame = (now) => { window.frames_seen.push(now); if (window.counting) requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""


def chain(layers: int) -> Graph:
    """A drawing of so many layers, input and output included."""
    made = [Layer("numbers", "input")]
    for number in range(1, layers - 1):
        made.append(Layer(f"layer_{number}", "dense", (made[-1].name,), {"units": 32}))
    return Graph((*made, Layer("answer", "output", (made[-1].name,))))


def ready_project() -> Project:
    """A project about the telco sample whose question is chosen."""
    sample = next(s for s in samples.everything() if s.name == "telco_churn")
    data = datasets.add(sample.path)
    goal = suggest.suggest(datasets.profile(data.id), sample.target).goal
    prepared = prepare.prepare(data.id, goal)
    project = projects.create("Benchmark", data.id)
    return projects.change(project, goal=goal, prepared=prepared.id)


def opened(page: Page, app: driver.App, project: Project, layers: int) -> None:
    drawings.create(projects.load(project.id), f"{layers} layers", chain(layers))
    driver.visit(page, f"{app.url}/design?project={project.id}")
    page.locator(f'[data-layer="{CHANGED}"]').wait_for(state="attached")


def window(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 1440, "height": 900}).new_page()


def change_times(page: Page, changes: int) -> list[float]:
    """Milliseconds of each change of one layer's units, the first ones left out."""
    card = page.locator(f'[data-layer="{CHANGED}"]')
    card.focus()
    card.click(force=True)
    units = page.get_by_role("spinbutton", name="Units").first
    found = []
    for number in range(changes + 2):
        card.evaluate(WAIT, CHANGED)
        units.fill(str(40 + number))
        units.press("Enter")
        found.append(page.evaluate("window.answered"))
    return found[2:]


def save_times(page: Page, changes: int) -> list[float]:
    """Milliseconds of the requests by which the browser saved the changes, as the browser saw them."""
    told = page.evaluate(
        """() => performance.getEntriesByType("resource").filter((e) => e.name.includes("/save"))
        .map((e) => e.responseEnd - e.startTime)"""
    )
    return told[-changes:]


def frame_times(page: Page) -> list[float]:
    """Milliseconds between frames while a layer is dragged about."""
    box = page.locator(f'[data-layer="{CHANGED}"]').bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 10, steps=4)
    page.evaluate(COUNT_FRAMES)
    until, step = time.monotonic() + DRAG_SECONDS, 0
    while time.monotonic() < until:
        step += 1
        page.mouse.move(x + 60 * ((step // 20) % 2) + step % 20, y + 3 * (step % 20))
    seen = page.evaluate("() => { window.counting = false; return window.frames_seen; }")
    page.mouse.up()
    return [later - earlier for earlier, later in pairwise(seen)]


def line(name: str, times: list[float]) -> list[str]:
    return [
        name,
        str(len(times)),
        *(f"{value:.0f}" for value in (statistics.median(times), min(times), max(times))),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--layers", type=int, nargs="*", default=[3, 50, 200])
    parser.add_argument("--changes", type=int, default=20)
    parser.add_argument("--drag", type=int, default=300)
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder, driver.chromium() as browser:
        os.environ["MODELYARD_HOME"] = folder
        project = ready_project()
        # Else the app would measure this machine in the background as soon as its first drawing is opened.
        subprocess.run([sys.executable, "-m", "core.worker.speed"], check=True, capture_output=True)
        app = driver.start(Path(folder))
        try:
            for layers in args.layers:
                page = window(browser)
                opened(page, app, project, layers)
                rows.append(line(f"{layers} layers: change to badge, ms", change_times(page, args.changes)))
                rows.append(line(f"{layers} layers: request that saves, ms", save_times(page, args.changes)))
                page.context.close()
            page = window(browser)
            opened(page, app, project, args.drag)
            frames = frame_times(page)
            rows.append(line(f"{args.drag} layers: frame while dragging, ms", frames))
        finally:
            app.stop()
            driver.stop_supervisor(app.home)
    show(["what", "times", "median", "least", "most"], rows)
    print(f"\nFrames a second while dragging: {1000 / statistics.mean(frames):.0f}")


if __name__ == "__main__":
    main()
