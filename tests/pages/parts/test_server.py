"""The server's own routes: its health, and the keys to the others."""

import asyncio
import stat
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from core import home
from pages.parts import keys, server

Answer = tuple[int, str]


def get(path: str, query: str = "") -> Answer:
    """Status and body of a request, without a network between."""
    sent: list[dict[str, Any]] = []

    async def ask() -> None:
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> dict[str, Any]:
            for message in asked:
                return message
            await asyncio.sleep(3_600)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "headers": [], "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1), "root_path": "", "asgi": {"version": "3.0", "spec_version": "2.4"},
        }  # fmt: skip
        await asyncio.wait_for(Starlette(routes=server.ROUTES)(scope, receive, send), 20)

    asyncio.run(ask())
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body.decode()


def test_the_server_says_that_it_is_well():
    assert get("/healthz") == (200, '{"status":"ok"}')


def test_the_secret_is_for_its_owner_only_and_stays():
    first = keys.key("a")
    assert stat.S_IMODE((Path(home.folder()) / "secret").stat().st_mode) == 0o600
    assert keys.key("a") == first != keys.key("b")
