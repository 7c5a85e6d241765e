"""The routes of pages that are shared: the page, and the answers to its form. Nothing else can be reached by them."""

import json
import logging
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from core import runs, shares
from core.errors import RunError, UserError
from core.rates import Rate
from core.runs import Run
from core.shares import Share
from core.words import mark
from pages.parts import bodies, helpers, language, share_link

MOST_BYTES, MOST_BYTES_OF_PICTURES = 64_000, 6_000_000  # of one request
SECONDS = 30.0
_log = logging.getLogger("modelyard")
_each, _all, _opening = (
    Rate(30, 60),
    Rate(300, 60),
    Rate(60, 60),
)  # by page and address; by page; as the first


async def _page(request: Request) -> Response:
    return await run_in_threadpool(_shown, request)


def _shown(request: Request) -> Response:
    from pages.parts import share_page  # noqa: PLC0415 - gate to NumPy

    share = share_link.opens(request.path_params["token"])
    run = _run(share)
    spoken = share.language if share else language.of_browser(request.headers.get("accept-language", ""))
    with language.speaking(spoken):
        if share is None or run is None:
            return HTMLResponse(share_page.gone(share), 410 if share else 404, share_page.headers())
        if request.method == "GET" and not _opening.wait(_who(request, share)):
            shares.count_opening(share)
        if not helpers.SHARED.ready:
            helpers.SHARED.begin()  # so that the first answer is not long in coming
        return HTMLResponse(share_page.page(share, run), headers=share_page.headers())


def _run(share: Share | None) -> Run | None:
    """The run whose model answers, as long as the page stands and the model does."""
    if share is None or share.over:
        return None
    try:
        run = runs.load(share.run)
    except RunError:
        return None
    return run if run.results() is not None else None


def _who(request: Request, share: Share) -> str:
    return f"{share.id} {request.client.host if request.client else ''}"


async def _answer(request: Request) -> Response:
    share = share_link.opens(request.path_params["token"])
    run = await run_in_threadpool(_run, share)
    body = await bodies.read(request, _most_bytes(run))
    return await run_in_threadpool(_answered, request, share, run, body)


def _most_bytes(run: Run | None) -> int:
    """How large a question to this model may be."""
    kinds = {recipe["kind"] for recipe in ((run and run.recipes()) or {}).get("columns", ())}
    return MOST_BYTES_OF_PICTURES if "image" in kinds else MOST_BYTES


def _answered(request: Request, share: Share | None, run: Run | None, body: bytes | None) -> Response:
    with language.speaking(share.language if share else "en"):
        if share is None or run is None:
            return _refused(
                410 if share else 404,
                mark("This page cannot be opened any more."),
                mark("Ask whoever sent you the link."),
            )
        if request.method != "POST":
            return _refused(
                405,
                mark("Answers are asked for by POST."),
                mark("Open the page, and press “Get the answer”."),
            )
        if body is None:
            size = _most_bytes(run) / 1000
            return _refused(413, mark("That is more than {size:g} KB.", size=size), mark("Send less."))
        wait = _each.wait(_who(request, share)) or _all.wait(share.id)
        if wait:
            said = _refused(
                429, mark("Too many questions came within a minute."), mark("Wait a little, then ask again.")
            )
            said.headers["Retry-After"] = str(int(wait) + 1)
            return said
        return _asked(share, run, body)


def _asked(share: Share, run: Run, body: bytes) -> Response:
    """What the model says to what was sent."""
    from pages.parts import share_kinds, share_parts  # noqa: PLC0415 - gate to NumPy

    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return _refused(422, mark("What was sent is not JSON."), mark("Open the page anew and try again."))
    try:
        parts = share_kinds.of(run).answer(run, given, lambda question: helpers.ask_shared(question, SECONDS))
    except share_parts.RefusedError as error:
        return JSONResponse(_told(error.found), 422)
    except helpers.BusyError:
        return _refused(503, mark("Many people ask at this moment."), mark("Try again in a few seconds."))
    except UserError as error:
        return _refused(422, error.what, error.fix)
    except RuntimeError:
        _log.exception("our fault: the page %s that is shared got no answer", share.id)
        again = mark("Try again; if it stays so, tell whoever sent you the link.")
        return _refused(500, mark("The model gave no answer."), again)
    return JSONResponse({"parts": parts}, headers={"Cache-Control": "no-store"})


def _told(found: list[dict[str, Any]]) -> dict[str, Any]:
    from core import inquiry  # noqa: PLC0415 - gate to NumPy

    return inquiry.refusal(found)


def _refused(status: int, what: Any, fix: Any) -> Response:
    return JSONResponse(_told([{"what": str(what), "fix": str(fix)}]), status, {"Cache-Control": "no-store"})


async def nothing(request: Request) -> Response:
    """Whatever else is asked for below the pages that are shared, so that no other route answers it."""
    from pages.parts import share_page  # noqa: PLC0415 - gate to NumPy

    with language.speaking(language.of_browser(request.headers.get("accept-language", ""))):
        return HTMLResponse(share_page.gone(None), 404, share_page.headers())


EVERY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
ROUTES = [
    Route("/share/{token}", _page),
    Route("/share/{token}/answer", _answer, methods=EVERY),
    Route("/share", nothing, methods=EVERY),
    Route("/share/{rest:path}", nothing, methods=EVERY),
]
