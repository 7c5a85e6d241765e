"""Asks our routes as the browser does, without a network between, and what there is to ask about."""

import asyncio
import json
from dataclasses import dataclass, field
from json import dumps
from typing import Any

from starlette.applications import Starlette

from core import drawings, projects
from core.graph import Graph, Layer
from core.projects import Project
from pages.parts import catalog_route, chosen, drawing_routes

Plain = dict[str, Any]


@dataclass
class Answer:
    """What the server said."""

    status_code: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)

    def json(self) -> Any:
        return json.loads(self.text)


class Client:
    """Asks our routes without a network between."""

    app = Starlette(routes=[*drawing_routes.ROUTES, *catalog_route.ROUTES])

    def get(self, address: str) -> Answer:
        return self.post(address, method="GET")

    def post(self, path: str, content: bytes = b"", json: Any = None, method: str = "POST") -> Answer:
        path, _, query = path.partition("?")
        body = content if json is None else dumps(json).encode()
        parts = [body[start : start + 65_536] for start in range(0, len(body), 65_536)] or [b""]
        asked = iter({"type": "http.request", "body": part, "more_body": True} for part in [*parts, b""])
        sent: list[Any] = []

        async def receive() -> Any:
            return next(asked, {"type": "http.request", "body": b"", "more_body": False})

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "headers": [], "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1), "root_path": "", "asgi": {"version": "3.0", "spec_version": "2.4"},
        }  # fmt: skip
        asyncio.run(self.app(scope, receive, send))
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], b"".join(part.get("body", b"") for part in sent).decode(), headers)


def proposal(project: Project) -> Graph:
    return chosen.proposal(project, chosen.facts(project))


def changed(project: Project, units: int) -> Plain:
    """The proposal with another number of units, as the browser sends it."""
    graph = proposal(project)
    return graph.replace(Layer("hidden_1", "dense", graph["hidden_1"].inputs, {"units": units})).to_json()


def chain(count: int) -> Plain:
    """So many layers one after the other."""
    layers = [{"name": "numbers", "kind": "input", "inputs": [], "fields": {}}]
    for number in range(count):
        layers.append({"name": f"d{number}", "kind": "dense", "inputs": [layers[-1]["name"]], "fields": {}})
    return {"version": 1, "layers": layers}


def save(ask: Any, project: Project, units: int, stamp: int, **more: Any) -> Plain:
    status, told = ask("save", stamp=stamp, rev=units, graph=changed(project, units), **more)
    assert status == 200, told
    return told


def kept(project: Project) -> drawings.Drawing | None:
    return drawings.current(projects.load(project.id))
