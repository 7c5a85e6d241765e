"""The address of a model for other programs: rows in, answers out, as the exported web service has it, for whoever has the key."""

import json
import logging
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core import endpoints, runs
from core.errors import RunError, UserError
from core.rates import Rate
from core.runs import Run
from pages.parts import bodies, helpers

WAYS = ("predict", "predict/batch", "health")
MOST_ROWS = 1_000  # of one request, where the exported service takes more: others wait here
SMALL, LARGE, LARGEST = 1_000_000, 16_000_000, 64_000_000  # bytes of one request
SECONDS = 60.0
EVERY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_log = logging.getLogger("modelyard")
_asking, _guessing = Rate(100, 20), Rate(20, 60)  # by model; by who has no key that fits


async def _answer(request: Request) -> Response:
    return await _asked(request) or await _answered(request, runs.load(request.path_params["id"]))


async def _asked(request: Request) -> Response | None:
    """Why the request is refused before anything of it is read, or None."""
    id, way = request.path_params["id"], request.path_params["way"]
    who = request.client.host if request.client else ""
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    found = await run_in_threadpool(endpoints.find, id)
    if found is None or kind.lower() != "bearer" or not found.fits(key.strip()):
        if wait := _guessing.wait(who):
            return _wait(wait)
        said = _refused(
            401,
            "This address and this key do not belong together.",
            "Send the header “Authorization: Bearer” with the key; the page “Use” makes a new one.",
        )
        said.headers["WWW-Authenticate"] = "Bearer"
        return said
    if way not in WAYS:
        return _refused(404, "There is nothing under this path.", f"These are there: {', '.join(WAYS)}.")
    if request.method != ("GET" if way == "health" else "POST"):
        return _refused(
            405, "This path is asked in another way.", "Send GET to health, and POST to the others."
        )
    if wait := _asking.wait(id):
        return _wait(wait)
    if not await run_in_threadpool(_stands, id):
        return _refused(
            404, "The model of this address was deleted.", "Ask whoever gave you the address for another one."
        )
    return None


def _stands(id: str) -> bool:
    try:
        return runs.load(id).results() is not None
    except RunError:
        return False


async def _answered(request: Request, run: Run) -> Response:
    made, way = run.recipes() or {}, request.path_params["way"]
    if way == "health":
        target = made["target"]
        return JSONResponse({"status": "ok", "target": target.get("column") or target.get("item") or "texts"})
    many = way == "predict/batch" or "series" in made
    pictures = any(recipe["kind"] == "image" for recipe in made.get("columns", ()))
    most = (LARGEST if pictures else LARGE) if many or pictures else SMALL
    body = await bodies.read(request, most)
    if body is None:
        return _refused(
            413,
            f"The body is larger than {most / 1e6:g} MB.",
            "Send fewer rows, or smaller ones, in each request.",
        )
    return await run_in_threadpool(_told, run, body, many)


def _told(run: Run, body: bytes, many: bool) -> Response:
    """The answers to what was sent, or why there are none."""
    from core import inquiry, sample_row  # noqa: PLC0415 - gate to NumPy

    made = run.recipes() or {}
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return _refused(422, *inquiry.NO_JSON)
    asked = inquiry.fields(made, sample_row.first(run))
    if many:
        rows, found = inquiry.read_rows(given, asked, _most_rows(made))
    else:
        row, found = inquiry.read_row(given, asked)
        rows = [row]
    if found:
        return JSONResponse(inquiry.refusal(found), 422)
    try:
        said = helpers.ask_shared({"folder": str(run.folder), **_without_bytes(rows)}, SECONDS)["answers"]
    except UserError as error:
        return _refused(422, str(error.what), str(error.fix))
    except helpers.BusyError:
        return _refused(503, "Many programs ask at this moment.", "Try again in a few seconds.")
    except RuntimeError:
        _log.exception("our fault: the address of run %s got no answer", run.id)
        return _refused(500, "The model gave no answer in time.", "Send fewer rows, or shorter texts.")
    if not said:
        return _refused(
            422,
            f"No row tells both a time and a value of “{made['target']['column']}”.",
            "Send the latest rows, as in the example.",
        )
    return JSONResponse({"answers": said} if many else said[0])


def _most_rows(made: Mapping[str, Any]) -> int:
    """A forecast needs its past; others wait while many rows are answered."""
    from core import inquiry  # noqa: PLC0415 - gate to NumPy

    return inquiry.most_rows(made) if "series" in made else min(MOST_ROWS, inquiry.most_rows(made))


def _without_bytes(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The rows as JSON can carry them to the helper: a number in place of each picture, and the pictures by their numbers."""
    pictures: dict[str, str] = {}
    made = []
    for row in rows:
        made.append(dict(row))
        for name, value in row.items():
            if isinstance(value, bytes):
                made[-1][name] = str(len(pictures))
                pictures[made[-1][name]] = b64encode(value).decode()
    return {"rows": made, "pictures": pictures}


def _wait(seconds: float) -> Response:
    said = _refused(429, "Too many requests came at once.", "Wait as long as “Retry-After” says.")
    said.headers["Retry-After"] = str(int(seconds) + 1)
    return said


def _refused(status: int, what: str, fix: str) -> JSONResponse:
    from core import inquiry  # noqa: PLC0415 - gate to NumPy

    return JSONResponse(inquiry.refusal([inquiry.trouble(what, fix)]), status)


ROUTES = [Route("/api/models/{id}/{way:path}", _answer, methods=EVERY)]
