"""What the server answers beside pages: its health, the editor's questions, and what moves on a run's page."""

import asyncio
import logging
import os
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from core import home, runs
from pages.parts import (
    catalog_route,
    drawing_routes,
    ended_route,
    live_stream,
    model_routes,
    share_port,
    share_routes,
    warm,
)

# Arrow's own memory pool keeps what it once had: 18 MB of the page process. Read when Arrow is first loaded.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

ICON = Path(__file__).with_name("icon.svg")
DAY = 86_400
SUPERVISOR_SECONDS = 5.0

_log = logging.getLogger("modelyard")


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Start the supervisor with the server, so that the first training starts warm."""
    await asyncio.to_thread(_sweep)
    await asyncio.to_thread(runs.ensure_supervisor)
    warm.serving.set()
    supervised = asyncio.create_task(_supervised())
    with live_stream.released():
        async with share_port.opened():
            yield {}
    supervised.cancel()


async def _supervised() -> None:
    """Where the supervisor dies, another one goes on, even if nobody looks."""
    while True:
        await asyncio.sleep(SUPERVISOR_SECONDS)
        try:
            await asyncio.to_thread(runs.revive_supervisor)
        except OSError:  # a full disk, for instance: the next try may do better
            _log.exception("The supervisor cannot be started.")


def _sweep() -> None:
    """Remove uploaded files that were answered, or left half way, more than a day ago."""
    for folder in home.folder("uploads").iterdir():
        if time.time() - folder.stat().st_mtime > DAY:
            shutil.rmtree(folder, ignore_errors=True)


async def _healthz(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _icon(_request: Request) -> Response:
    """The icon in the browser's tab. Set by `page_icon`, it would cost the start page NumPy and Pillow."""
    return FileResponse(ICON, media_type="image/svg+xml")


ROUTES = [
    Route("/healthz", _healthz),
    Route("/favicon.png", _icon),
    *live_stream.ROUTES,
    *ended_route.ROUTES,
    *drawing_routes.ROUTES,
    *catalog_route.ROUTES,
    *share_routes.ROUTES,
    *model_routes.ROUTES,
]
