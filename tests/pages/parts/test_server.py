"""The server's own routes: health, and curves for those who hold the key."""

import asyncio
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from core import home, runs
from core.goal import Goal
from core.graph import Graph
from core.runs import Run, states
from core.runs.events import Journal
from core.spec import Spec
from pages.parts import server

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


@pytest.fixture
def ended() -> Run:
    """A run that has ended after one epoch."""
    run = runs.create(Spec("0" * 16, Goal("y", "amount", ("x",), {}), "", Graph(()), {}))
    with Journal(run.folder) as journal:
        journal.write(
            "begin", device="CPU", rows=9, steps_per_epoch=1, epochs=1, minutes=1, metric="r2", weights=2
        )
        journal.write("epoch", epoch=1, loss=1.0, val_loss=2.0, r2=0.5, val_r2=0.4, best=True)
    states.step(run.folder, "stopped")
    return run


def test_the_server_says_that_it_is_well():
    assert get("/healthz") == (200, '{"status":"ok"}')


def test_an_ended_run_is_told_whole_and_then_closed(ended: Run):
    path, query = server.curves_address(ended.id).split("?")
    status, body = get(f"/{path}", query)
    first, last = body.strip().split("\n\n")
    assert status == 200
    assert json.loads(first.split("data: ")[1])["epochs"] == [[1], [1.0], [2.0], [0.5], [0.4]]
    assert last.startswith("event: end")


@pytest.mark.parametrize("key", ["", "key=", "key=0123", "key=é"])
def test_nobody_follows_a_run_without_its_key(ended: Run, key: str):
    assert get(f"/api/runs/{ended.id}/curves", key)[0] == 403


def test_the_key_of_one_run_opens_no_other(ended: Run):
    assert get("/api/runs/20260101-000000-00000001/curves", f"key={server.key(ended.id)}")[0] == 403


def test_a_run_that_is_not_there_is_not_found():
    path, query = server.curves_address("20260101-000000-00000001").split("?")
    assert get(f"/{path}", query)[0] == 404


def test_the_secret_is_for_its_owner_only_and_stays():
    first = server.key("a")
    assert stat.S_IMODE((Path(home.folder()) / "secret").stat().st_mode) == 0o600
    assert server.key("a") == first != server.key("b")
