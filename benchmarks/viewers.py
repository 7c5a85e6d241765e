"""What many who watch one run cost: the server's processor time, and the updates that each of them gets.

    python -m benchmarks.viewers [--viewers 1 10 50] [--seconds 20]

The app serves for real; the run's journal is written at the speed of a fast training, 40 losses every 0.15 s and an epoch every
second, on top of 300 epochs that it has behind it. Viewers are plain connections in a process of their own, which read the
stream as a browser does. Promised: 50 viewers take less than 15 % of a core, and each gets two updates a second.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import psutil

from benchmarks.table import show
from pages.parts import live_stream
from tests.browser import driver
from tests.browser.told_run import STEPS, ToldRun

EPOCHS_BEFORE = 300
SECONDS_BETWEEN_EVENTS = 0.15
LOSSES = 40
SETTLE_SECONDS = 3.0


class Training(Thread):
    """Writes what a worker would, as often as it would."""

    def __init__(self, told: ToldRun):
        super().__init__(daemon=True)
        self.told, self.over = told, Event()

    def run(self) -> None:
        while not self.over.wait(SECONDS_BETWEEN_EVENTS):
            self.told.some_steps(LOSSES)
            if self.told.step >= (self.told.epoch + 1) * STEPS * 7:  # seven events make an epoch of a second
                self.told.whole_epoch()


async def _watch(url: str, began: asyncio.Event, until: float) -> tuple[int, int]:
    """Read the stream of one viewer; updates of the curves and bytes since the beginning was called."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 22)
    writer.write(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    updates = read = 0
    while True:
        left = until - time.monotonic()
        try:
            line = await asyncio.wait_for(reader.readline(), max(left, 0.001))
        except TimeoutError:
            break
        if not line:
            raise ConnectionError("The server closed a stream.")
        if began.is_set():
            updates, read = updates + line.startswith(b"event: curves"), read + len(line)
    writer.close()
    return updates, read


async def _watch_all(url: str, viewers: int, seconds: float) -> dict[str, list[int]]:
    began = asyncio.Event()
    until = time.monotonic() + SETTLE_SECONDS + seconds
    tasks = [asyncio.create_task(_watch(url, began, until)) for _ in range(viewers)]
    await asyncio.sleep(SETTLE_SECONDS)
    began.set()
    print("watching", flush=True)
    found = await asyncio.gather(*tasks)
    return {"updates": [updates for updates, _ in found], "bytes": [read for _, read in found]}


def measured(app: driver.App, url: str, viewers: int, seconds: float) -> dict[str, float]:
    """With so many viewers: the server's share of a core, updates a second, and kilobytes a second for each."""
    command = [sys.executable, "-m", "benchmarks.viewers", "--watch", url]
    command += ["--viewers", str(viewers), "--seconds", str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=driver.ROOT) as watching:
        assert watching.stdout.readline() == "watching\n"
        share = _share(app, seconds)
        found = json.loads(watching.stdout.readline())
    updates = [count / seconds for count in found["updates"]]
    kilobytes = statistics.median(found["bytes"]) / seconds / 1000
    return {
        "share": share,
        "least": min(updates),
        "median": statistics.median(updates),
        "kilobytes": kilobytes,
    }


def _share(app: driver.App, seconds: float) -> float:
    """The server's processor time as a share of one core."""
    server = psutil.Process(app.process.pid)
    before, began = server.cpu_times(), time.monotonic()
    time.sleep(seconds)
    now, spent = server.cpu_times(), time.monotonic() - began
    return (now.user + now.system - before.user - before.system) / spent


def compare(viewers: list[int], seconds: float) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        told = ToldRun(Path(folder), epochs=10_000)
        told.begin()
        for _ in range(EPOCHS_BEFORE):
            told.whole_epoch()
        app = driver.start(Path(folder))
        training = Training(told)
        training.start()
        try:
            url = f"{app.url}/{live_stream.address(told.run.id)}"
            time.sleep(SETTLE_SECONDS)
            idle = _share(app, seconds)
            rows = [_row(count, idle, measured(app, url, count, seconds)) for count in viewers]
        finally:
            training.over.set()
            training.join()
            app.stop()
            told.close()
    head = ["viewers", "server, % of a core", "updates a second, least", "median", "kB a second for each"]
    show(head, [["none", f"{idle:.1%}", "", "", ""], *rows])


def _row(count: int, idle: float, found: dict[str, float]) -> list[str]:
    return [
        str(count), f"{found['share'] - idle:.1%}", f"{found['least']:.2f}", f"{found['median']:.2f}",
        f"{found['kilobytes']:.1f}",
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--viewers", type=int, nargs="+", default=[1, 10, 50])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--watch", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.watch:
        print(json.dumps(asyncio.run(_watch_all(args.watch, args.viewers[0], args.seconds))), flush=True)
    else:
        compare(args.viewers, args.seconds)


if __name__ == "__main__":
    main()
