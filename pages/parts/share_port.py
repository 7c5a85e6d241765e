"""A port of its own for strangers: shared pages and addresses of models, and nothing else of the app.

MODELYARD_SHARE=0.0.0.0:8600                  where it listens; without it there is no such port
MODELYARD_SHARE_URL=https://demo.example.com  how others call it, where something stands in front of it
"""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from pages.parts import model_routes, share_routes

LISTEN, URL = "MODELYARD_SHARE", "MODELYARD_SHARE_URL"
AT_ONCE = 200  # connections
APP = Starlette(
    routes=[
        *share_routes.ROUTES,
        *model_routes.ROUTES,
        Route("/{rest:path}", share_routes.nothing, methods=share_routes.EVERY),
    ]
)
_log = logging.getLogger("modelyard")


def listens() -> tuple[str, int] | None:
    """Host and port, or None where there is no port for strangers."""
    parts = urlsplit(f"//{os.environ.get(LISTEN, '')}")
    try:
        return (parts.hostname or "127.0.0.1", parts.port) if parts.port else None
    except ValueError:
        return None


def url() -> str:
    """How others call it, without a slash at its end; empty where that is not said."""
    return os.environ.get(URL, "").rstrip("/")


class _Server(uvicorn.Server):
    """One that leaves signals to the app's own server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def opened() -> AsyncIterator[None]:
    """While this lasts, strangers are answered at their port; a port that is taken is told in the log and stops nothing."""
    place = listens()
    bound = place and _bound(*place)
    if not bound:
        yield
        return
    config = uvicorn.Config(
        APP,
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=5,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    yield
    server.should_exit = True
    await serving


def _bound(host: str, port: int) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once only where the protocol is named; answers would else wait 40 ms for the other side's sign
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        _log.error(
            "%s=%s:%d cannot be listened to (%s): name another port.", LISTEN, host, port, error.strerror
        )
        return None
    return found
