"""What the browser's editor asks the server while somebody draws, beside the page: save, fits, change, preview, code.

Every question is a POST with JSON `{project, key, language, …}`; `frontend/src/editor/types.ts` has the answers. The
address names the drawing and the window, so that a window that is left open saves where it was drawing.
"""

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core import projects
from core.errors import DataError, GraphError, UserError
from core.projects import Project
from core.words import mark
from pages.parts import bodies, keys, language

MOST_BYTES = 4 * 1024 * 1024
NO_DRAWING = "-"


def key(project: str) -> str:
    """What a page hands to the browser, so that it may change this project's drawings and no others."""
    return keys.key(f"drawing-{project}")


def address(drawing: str, window: str) -> str:
    """Where the browser finds the routes, relative to the app's address; `drawing` is empty where there is none."""
    return f"api/drawing/{drawing or NO_DRAWING}/{window}/"


async def _answer(request: Request) -> Response:
    body = await bodies.read(request, MOST_BYTES)
    if body is None:
        return _error(413, mark("This is more than the {size} MB that a drawing may have.", size=4))
    return await run_in_threadpool(_answered, dict(request.path_params), body)


def _answered(path: dict[str, str], body: bytes) -> Response:
    """The answer, in the language that was asked for."""
    data = _json(body)
    if data is None:
        return _error(400, mark("This is no JSON object."))
    with language.speaking(str(data.get("language", ""))):
        project_id, shown = data.get("project"), data.get("key")
        if not (
            isinstance(project_id, str)
            and isinstance(shown, str)
            and keys.fits(f"drawing-{project_id}", shown)
        ):
            return _error(403, mark("This page has no key to the project. Reload it."))
        try:
            project = projects.load(project_id)
        except DataError as error:
            return _error(404, error)
        return _told(path, data, project)


def _told(path: dict[str, str], data: dict[str, Any], project: Project) -> Response:
    from pages.parts.drawing_answers import ANSWERS, Asked  # noqa: PLC0415 - gate to NumPy

    if path["name"] not in ANSWERS:
        return _error(404, mark("There is no such question."))
    drawing = path.get("drawing", NO_DRAWING)
    asked = Asked(project, "" if drawing == NO_DRAWING else drawing, path.get("window", ""), data)
    try:
        return JSONResponse(ANSWERS[path["name"]](asked))
    except UserError as error:
        layer = error.layer if isinstance(error, GraphError) else ""
        return JSONResponse({"what": str(error.what), "fix": str(error.fix), "layer": layer}, 422)


def _json(body: bytes) -> dict[str, Any] | None:
    """The object that was sent, or None; whatever cannot be written to disk as text is none either."""
    try:
        data = json.loads(body)
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _error(status: int, error: Any) -> Response:
    return JSONResponse({"error": str(error)}, status)


ROUTES = [
    Route("/api/drawing/{name}", _answer, methods=["POST"]),
    Route("/api/drawing/{drawing}/{window}/{name}", _answer, methods=["POST"]),
]
