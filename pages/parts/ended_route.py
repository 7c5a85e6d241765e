"""What the server tells a page in the background: nothing, until the run has ended, and then how."""

import asyncio
import time
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from core import notices, runs, words
from core.errors import RunError
from core.runs import Run
from pages.parts import keys, language, live_stream

LOOK_SECONDS = 1.0
QUIET_SECONDS = 15.0


def address(run_id: str) -> str:
    """Where a page in the background waits for the run's end, relative to the app's address."""
    return f"api/runs/{run_id}/ended?key={keys.key(run_id)}&language={words.language()}"


async def _answer(request: Request) -> Response:
    id = request.path_params["id"]
    if not keys.fits(id, request.query_params.get("key", "")):
        return JSONResponse({"error": "This address has no key to the run."}, 403)
    try:
        run = await asyncio.to_thread(runs.load, id)
    except RunError as error:
        return JSONResponse({"error": str(error)}, 404)
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    spoken = request.query_params.get("language", "")
    return StreamingResponse(_wait(request, run, spoken), media_type="text/event-stream", headers=headers)


async def _wait(request: Request, run: Run, spoken: str) -> AsyncIterator[bytes]:
    told = time.monotonic()
    yield b": waiting\n\n"
    while not await request.is_disconnected():
        try:
            ended = (await asyncio.to_thread(run.state)).ended
        except FileNotFoundError:  # somebody deleted the run
            return
        if ended:
            with language.speaking(spoken):
                yield live_stream.message("ended", {"text": str(notices.sentence(run))})
            return
        if time.monotonic() - told > QUIET_SECONDS:
            told = time.monotonic()
            yield b": still here\n\n"
        await asyncio.sleep(LOOK_SECONDS)


ROUTES = [Route("/api/runs/{id}/ended", _answer)]
