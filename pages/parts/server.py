"""What the server answers beside pages: its health, the editor's questions, and the curves of a run as server-sent events."""

import asyncio
import json
import os
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from core import home, runs
from core.errors import RunError
from core.runs import Run
from pages.parts import catalog_route, curves, drawing_routes, keys, warm
from pages.parts.keys import key

# Arrow's own memory pool keeps what it once had: 18 MB of the page process. Read when Arrow is first loaded.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

ICON = Path(__file__).with_name("icon.svg")
LOOK_SECONDS = 0.3
QUIET_SECONDS = 10.0
DAY = 86_400


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Start the supervisor with the server, so that the first training starts warm."""
    await asyncio.to_thread(_sweep)
    await asyncio.to_thread(runs.ensure_supervisor)
    warm.serving.set()
    yield {}


def _sweep() -> None:
    """Remove uploaded files that were answered, or left half way, more than a day ago."""
    for folder in home.folder("uploads").iterdir():
        if time.time() - folder.stat().st_mtime > DAY:
            shutil.rmtree(folder, ignore_errors=True)


def curves_address(run_id: str) -> str:
    """Where the browser finds the run's curves, relative to the app's address."""
    return f"api/runs/{run_id}/curves?key={key(run_id)}"


async def _healthz(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _icon(_request: Request) -> Response:
    """The icon in the browser's tab. Set by `page_icon`, it would cost the start page NumPy and Pillow."""
    return FileResponse(ICON, media_type="image/svg+xml")


async def _curves(request: Request) -> Response:
    id = request.path_params["id"]
    shown = request.query_params.get("key", "")
    if not keys.fits(id, shown):
        return JSONResponse({"error": "This address has no key to the run."}, 403)
    try:
        run = runs.load(id)
    except RunError as error:
        return JSONResponse({"error": str(error)}, 404)
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return StreamingResponse(_stream(request, run), media_type="text/event-stream", headers=headers)


async def _stream(request: Request, run: Run) -> AsyncIterator[bytes]:
    """The whole picture whenever it has changed; a sign of life when nothing has; `end` when the run ended."""
    seen, spoken = None, 0.0
    while not await request.is_disconnected():
        ended = (await asyncio.to_thread(run.state)).ended
        followed = await asyncio.to_thread(curves.of, run)
        read = followed.follow()
        if read != seen:
            seen, spoken = read, time.monotonic()
            yield _message("curves", followed.picture())
        elif time.monotonic() - spoken > QUIET_SECONDS:
            spoken = time.monotonic()
            yield b": still here\n\n"
        if ended:
            yield _message("end", {})
            return
        await asyncio.sleep(LOOK_SECONDS)


def _message(event: str, data: dict[str, Any]) -> bytes:
    return f"event: {event}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


ROUTES = [
    Route("/healthz", _healthz),
    Route("/favicon.png", _icon),
    Route("/api/runs/{id}/curves", _curves),
    *drawing_routes.ROUTES,
    *catalog_route.ROUTES,
]
