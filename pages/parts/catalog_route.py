"""Kinds of layer and the editor's sentences, by an address that names what it answers, so that browsers ask once."""

import hashlib
import json
from functools import lru_cache
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core import words
from core.words import mark
from pages.parts import catalog, editor_words, keys, language

ABOUT = "drawing-catalog"
FOREVER = "private, max-age=31536000, immutable"


def told() -> dict[str, str]:
    """What the page hands to the browser: which catalog it needs now, and where to ask for it."""
    id = _id()
    query = urlencode({"language": words.language(), "key": keys.key(ABOUT)})
    return {"id": id, "at": f"api/drawing-catalog/{id}?{query}"}


def _id() -> str:
    """Changes with our code, the language, and the users' own blocks."""
    own = json.dumps(catalog.own(), sort_keys=True)
    return hashlib.sha256(f"{_fixed(words.language())}{own}".encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def _fixed(_language: str) -> str:
    return json.dumps([catalog.shelf(), editor_words.words()])


async def _answer(request: Request) -> Response:
    return await run_in_threadpool(
        _answered,
        request.path_params["id"],
        request.query_params.get("language", ""),
        request.query_params.get("key", ""),
    )


def _answered(id: str, spoken: str, shown: str) -> Response:
    with language.speaking(spoken):
        if not keys.fits(ABOUT, shown):
            return JSONResponse({"error": str(mark("This page has no key to the project. Reload it."))}, 403)
        # A block may have been made since the page was told; then it hears of the new address in a moment.
        lasting = FOREVER if id == _id() else "no-store"
        content = {"catalog": catalog.catalog(), "words": editor_words.words()}
        return JSONResponse(content, headers={"Cache-Control": lasting})


ROUTES = [Route("/api/drawing-catalog/{id}", _answer)]
