"""A web server that takes messages, or does what bad ones do."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core import runs
from core.runs import Run, states

SECRET = "T0123/B4567/not-to-be-seen"


@dataclass
class Service:
    """Where it answers, what it answers one after the other (the last one for ever), and what came in."""

    url: str = ""
    answers: list[int] = field(default_factory=lambda: [200])
    got: list[dict] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"{self.url}/{SECRET}"


def handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.paths.append(self.path)
            service.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            name = self.path.strip("/").split("/")[0]
            with contextlib.suppress(OSError):  # who asked has had enough
                getattr(self, f"do_{name}", self.do_plain)()

        def do_plain(self) -> None:
            answer = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
            self.send_response(answer)
            if 300 <= answer < 400:
                self.send_header("Location", f"{service.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_silent(self) -> None:
            service.open.wait(30)

        def do_drip(self) -> None:
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            while not service.open.is_set():
                self.wfile.write(b"X-More: 1\r\n")
                time.sleep(0.05)

        def do_huge(self) -> None:
            self.send_response(200)
            self.end_headers()
            while not service.open.is_set():
                self.wfile.write(b"x" * 1_000_000)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(service))
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield service
    service.open.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for a bad server."""
    from core.notices import sending, waiting

    monkeypatch.setattr(sending, "SECONDS", 0.5)
    monkeypatch.setattr(waiting, "WAITS", (0.01, 0.02))


@pytest.fixture
def ended_run(ask: Callable) -> Callable[..., Run]:
    """A run that has ended without training."""

    def make(ends: str = "failed", **spec: object) -> Run:
        from dataclasses import replace

        from core.words import Sentence

        run = runs.create(replace(ask(), **spec))
        for state in ("starting", "running", ends):
            states.step(run.folder, state, Sentence("It was too much.") if state == ends else None)
        return run

    return make
