"""What a run's page shows moving, told to all who look at it: one task for each run, one encoding for all its viewers.

Each part of the panel is a module `pages.parts.live_<name>` with `told(run, followed) -> dict | None`: plain data,
sentences spoken already, and None where it shows nothing. It may also have

    words() -> dict[str, str]       sentences that do not change, for the browser
    news(before, now) -> dict | None     what is to be sent to somebody who knows `before`; None: all of `now`
    acted(run, name, value)         somebody used the part in the browser, see `pages.parts.live`
"""

import asyncio
import json
import logging
import signal
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import FrameType, ModuleType
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from core import runs, words
from core.errors import RunError
from core.runs import Run
from pages.parts import curves, keys, language, standing

PARTS = ("status", "notices", "signs", "curves", "rows", "layers", "gauges")
LOOK_SECONDS = 0.45  # a little less than half, so that two updates a second arrive
SOON_SECONDS = 0.1  # while a run begins: somebody has just clicked and waits for the first loss
QUIET_SECONDS = 10.0

_log = logging.getLogger("modelyard")


@cache
def parts() -> dict[str, ModuleType]:
    """The parts of the panel that there are, in their order on the screen."""
    found = {name: f"pages.parts.live_{name}" for name in PARTS}
    return {name: import_module(path) for name, path in found.items() if find_spec(path)}


def address(run_id: str) -> str:
    """Where the browser finds the run's stream, in the language spoken now, relative to the app's address."""
    return f"api/runs/{run_id}/live?key={keys.key(run_id)}&language={words.language()}"


@dataclass
class Said:
    """The latest word of one part in one language.

    Args:
        stamp: Rises by one with each change.
        now: What the part told, or None.
        news: The message for somebody who knows the stamp before, if that is less than all.
    """

    name: str
    stamp: int = 0
    now: dict[str, Any] | None = None
    news: bytes | None = None
    _whole: bytes | None = None

    def take(self, now: dict[str, Any] | None, news: dict[str, Any] | None) -> None:
        """Remember the new word."""
        self.stamp, self.now, self._whole = self.stamp + 1, now, None
        self.news = None if news is None else message(f"{self.name}+", news)

    def message(self, known: int) -> bytes:
        """What somebody has to hear who knows this stamp; encoded once, whoever asks."""
        if self.news is not None and known == self.stamp - 1:
            return self.news
        if self._whole is None:
            self._whole = message(self.name, self.now)
        return self._whole


@dataclass(eq=False)
class Viewer:
    """One open page: its language, the stamps it knows, and the bell that rings when there is more."""

    language: str
    known: dict[str, int] = field(default_factory=dict)
    bell: asyncio.Event = field(default_factory=asyncio.Event)


class Told:
    """One run as it is told to its viewers; the task that reads it ends with the last of them."""

    def __init__(self, run: Run):
        self.run = run
        self.viewers: set[Viewer] = set()
        self.said: dict[str, dict[str, Said]] = {}  # by language and name
        self.over = self.closed = self.beginning = False
        self._failed: set[str] = set()
        self._task: asyncio.Task[None] | None = None

    def join(self, viewer: Viewer) -> None:
        """Tell this viewer too; what is known already, at once."""
        self.viewers.add(viewer)
        if viewer.language in self.said:
            viewer.bell.set()
        if self._task is None:
            self._task = asyncio.create_task(self._tell())

    def leave(self, viewer: Viewer) -> None:
        """This viewer is gone."""
        self.viewers.discard(viewer)
        if not self.viewers and self._task:
            self._task.cancel()
            self._task = None

    def close(self) -> None:
        """Let everybody go; their browsers ask again."""
        self.closed = True
        for viewer in self.viewers:
            viewer.bell.set()

    def messages(self, viewer: Viewer) -> bytes:
        """All that the viewer does not know yet."""
        found = []
        for name, said in self.said.get(viewer.language, {}).items():
            known = viewer.known.get(name, 0)
            if said.stamp != known:
                found.append(said.message(known))
                viewer.known[name] = said.stamp
        return b"".join(found)

    async def _tell(self) -> None:
        while not self.over:
            began = time.monotonic()
            wanted = {viewer.language for viewer in self.viewers}
            changed = await asyncio.to_thread(self._look, wanted)
            pause = SOON_SECONDS if self.beginning else LOOK_SECONDS
            for viewer in self.viewers:
                if self.over or viewer.language in changed:
                    viewer.bell.set()
            await asyncio.sleep(max(pause - (time.monotonic() - began), 0.01))

    def _look(self, wanted: set[str]) -> set[str]:
        """Ask all parts in these languages; the languages in which something is new."""
        try:
            state = self.run.state()
            followed = curves.of(self.run)
            drawn = standing.drawn_for(self.run, followed)
        except FileNotFoundError:  # somebody deleted the run: the page is drawn anew without it
            self.over = True
            return wanted
        self.beginning = state.name == "running" and not followed.step
        changed = set()
        for name in wanted:
            with language.speaking(name):
                if self._ask({"state": {"drawn": drawn, "ended": state.ended}}, name, followed):
                    changed.add(name)
        self.over = state.ended
        return changed

    def _ask(self, own: dict[str, dict[str, Any]], spoken: str, followed: curves.Curves) -> bool:
        """Whether any part has changed in this language."""
        said = self.said.setdefault(spoken, {name: Said(name) for name in (*own, *parts())})
        before = sum(word.stamp for word in said.values())
        for name, word in said.items():
            now = own[name] if name in own else self._told(name, followed)
            if now != word.now:
                news = getattr(parts().get(name), "news", None)
                both = news and now is not None and word.now is not None
                word.take(now, news(word.now, now) if both else None)
        return sum(word.stamp for word in said.values()) != before

    def _told(self, name: str, followed: curves.Curves) -> dict[str, Any] | None:
        """What the part tells; one that fails is our fault, and the others go on without it."""
        try:
            return parts()[name].told(self.run, followed)
        except Exception:
            if name not in self._failed:
                _log.exception("our fault: the part “%s” of the page of run %s", name, self.run.id)
            self._failed.add(name)
            return None


_told: dict[tuple[int, str], Told] = {}


def _of(run: Run) -> Told:
    """The run's telling in this event loop: the one that goes on, or a new one."""
    key = (id(asyncio.get_running_loop()), str(run.folder))
    if key not in _told or _told[key].over:
        _told[key] = Told(run)
    return _told[key]


@contextmanager
def released() -> Iterator[None]:
    """While this lasts, what ends the server also lets all viewers go: it would wait until the last one has left."""
    if threading.current_thread() is not threading.main_thread():  # only there can be listened to signals
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(_release)
        if callable(before[number]):
            before[number](number, frame)

    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _release() -> None:
    for told in _told.values():
        told.close()


async def _answer(request: Request) -> Response:
    id = request.path_params["id"]
    if not keys.fits(id, request.query_params.get("key", "")):
        return JSONResponse({"error": "This address has no key to the run."}, 403)
    try:
        run = runs.load(id)
    except RunError as error:
        return JSONResponse({"error": str(error)}, 404)
    spoken = request.query_params.get("language", "")
    viewer = Viewer(spoken if spoken in words.LANGUAGES else "en")
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingResponse(_stream(request, run, viewer), media_type="text/event-stream", headers=headers)


async def _stream(request: Request, run: Run, viewer: Viewer) -> AsyncIterator[bytes]:
    """What is new, whenever something is; a sign of life when nothing is; `end` when the run has ended."""
    told = _of(run)
    told.join(viewer)
    try:
        while not await request.is_disconnected():
            try:
                await asyncio.wait_for(viewer.bell.wait(), QUIET_SECONDS)
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if told.closed:
                return
            viewer.bell.clear()
            over = told.over
            if new := told.messages(viewer):
                yield new
            if over:
                yield message("end", {})
                return
    finally:
        told.leave(viewer)
        if not told.viewers:
            _told.pop((id(asyncio.get_running_loop()), str(run.folder)), None)


def message(event: str, data: dict[str, Any] | None) -> bytes:
    """One server-sent event."""
    return f"event: {event}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


ROUTES = [Route("/api/runs/{id}/live", _answer)]
