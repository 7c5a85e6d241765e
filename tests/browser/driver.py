"""Starts the real app and a real Chromium, and knows when a page has settled. No sleeps."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 120
PATIENCE = 120_000  # milliseconds
STILL = """(chosen) => new Promise((done) => {
  let before = "", same = 0;
  const look = () => {
    const boxes = [...document.querySelectorAll(chosen)].map((part) => part.getBoundingClientRect());
    const now = JSON.stringify(boxes);
    same = now === before ? same + 1 : 0;
    before = now;
    if (same === 10) done(); else requestAnimationFrame(look);
  };
  look();
})"""


@dataclass
class App:
    """A running app: where it answers, where it keeps things, and its process."""

    url: str
    home: Path
    process: subprocess.Popen

    def stop(self) -> None:
        """End the page process; the supervisor goes on."""
        self.process.terminate()
        self.process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(home: Path, port: int | None = None) -> App:
    """Serve the app from this folder with its workspace in `home`, and wait until it answers."""
    port = port or _free_port()
    home.mkdir(parents=True, exist_ok=True)
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT, env={**os.environ, "MODELYARD_HOME": str(home)}, stdout=log, stderr=log,
        )  # fmt: skip
    app = App(f"http://127.0.0.1:{port}", home, process)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError((home / "server.log").read_text())
        try:
            with urllib.request.urlopen(f"{app.url}/healthz", timeout=1) as answer:
                if answer.status == 200:
                    return app
        except OSError:
            time.sleep(0.05)
    process.kill()
    raise TimeoutError("the app did not start")


def stop_supervisor(home: Path) -> None:
    """Ask the workspace's supervisor, which outlives the app, to end."""
    subprocess.run(
        [sys.executable, "-m", "core", "stop"], cwd=ROOT, env={**os.environ, "MODELYARD_HOME": str(home)},
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def settled(page: Page) -> Page:
    """Wait until the page is connected, no script runs and nothing of ours broke."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    return page


def visit(page: Page, url: str) -> Page:
    """Open the address and wait until it has settled."""
    page.goto(url)
    return settled(page)


def still(page: Page, chosen: str) -> Page:
    """Wait until nothing that the selector finds has come, gone or moved for ten frames."""
    page.evaluate(STILL, chosen)
    return page
