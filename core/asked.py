"""A process of our own that is asked again and again, one JSON object a line; started when it is first needed.

What takes much memory, or may die, answers from a process of its own, so that the one that serves the pages
stays small and lives on. `serve` is the helper's side, `Helper` the asker's.
"""

import atexit
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Lock, Thread
from typing import Any

from core import home
from core.errors import UserError

ROOT = Path(__file__).parent.parent
IDLE_SECONDS = 15 * 60.0

Plain = dict[str, Any]


class Helper:
    """One helper process of this process, for all its threads; it ends with it, or when nobody asked for a while.

    Args:
        module: What `python -m` runs; it calls `serve`.
        environment: What the helper's libraries read when they are loaded.
    """

    def __init__(self, module: str, environment: Callable[[], Mapping[str, str]] = dict):
        self.module = module
        self.environment = environment
        self.lock = Lock()
        self.process: subprocess.Popen[str] | None = None
        self.said: Queue[str] = Queue()
        self.warm = Event()
        atexit.register(self.end)

    @property
    def ready(self) -> bool:
        """Whether it runs and has loaded what it needs, so that an answer will not be long in coming."""
        process = self.process
        return process is not None and process.poll() is None and self.warm.is_set()

    def begin(self) -> None:
        """Start it now, so that it is ready by the time it is asked; this waits for nothing."""
        with self.lock:
            self._begin()

    def ask(self, question: Plain, seconds: float = 60.0) -> Plain:
        """What it answers; questions of several threads wait for each other.

        Raises:
            UserError: What it said that the user can put right.
            RuntimeError: If it died of the question, or said nothing for so many seconds; the next starts it anew.
        """
        line = json.dumps(question, ensure_ascii=False, allow_nan=False)
        with self.lock:
            self._begin()
            try:
                self.process.stdin.write(f"{line}\n")
                self.process.stdin.flush()
                said = self.said.get(timeout=seconds)
            except (OSError, Empty):
                said = ""
            if not said:
                self._end()
                raise RuntimeError(f"{self.module} gave no answer")
        told = json.loads(said)
        if "error" in told:
            raise UserError.from_json(told["error"])
        return told["answer"]

    def end(self) -> None:
        """End it; the next question starts it anew."""
        with self.lock:
            self._end()

    def _begin(self) -> None:
        if self.process is not None and self.process.poll() is None:
            return
        self._end()
        self.said, self.warm = Queue(), Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", self.module], cwd=ROOT, text=True, encoding="utf-8",
            env={**os.environ, **self.environment(), "MODELYARD_HOME": str(home.folder())},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        Thread(target=_hear, args=(self.process, self.said, self.warm), daemon=True).start()

    def _end(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process = None


def _hear(process: "subprocess.Popen[str]", said: "Queue[str]", warm: Event) -> None:
    with process.stdout as stream:
        for line in stream:
            if warm.is_set():
                said.put(line)
            warm.set()  # the first line only says that it is ready
    said.put("")


def serve(answer: Callable[[Plain], Plain]) -> None:
    """Answer questions from standard input until whoever asks is gone; what is no user's error ends the process."""
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    said.write("ready\n")
    said.flush()
    heard = [time.monotonic()]
    Thread(target=_end_when_idle, args=(heard,), daemon=True).start()
    for line in open(0, encoding="utf-8", closefd=False):  # noqa: SIM115 - standard input stays open
        heard.append(0.0)
        try:
            told = {"answer": answer(json.loads(line))}
        except UserError as error:
            told = {"error": error.to_json()}
        said.write(json.dumps(told, ensure_ascii=False) + "\n")
        said.flush()
        heard[:] = [time.monotonic()]


def _end_when_idle(heard: list[float]) -> None:
    """One moment in the list: nothing to do since then. Two: a question is being answered."""
    while len(heard) > 1 or time.monotonic() - heard[0] < IDLE_SECONDS:
        time.sleep(1)
    os._exit(0)
