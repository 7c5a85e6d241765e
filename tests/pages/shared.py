"""A page that is shared about a run's model, drawn and asked as the routes do it."""

import re
from typing import Any

from core import shares
from core.runs import Run
from pages.parts import helpers, share_kinds, share_page

MOST_BYTES = 100_000


def said(run: Run, **given: Any) -> str:
    """What the page answers to what its form sent, all of it in one line; the form has just these fields."""
    kind = share_kinds.of(run)
    share = shares.make(run.id, "A page", "Some words", examples=kind.offered(run))
    page = share_page.page(share, run)
    assert len(page.encode()) < MOST_BYTES
    assert set(re.findall(r'data-name="(\w+)"', page)) == set(given)
    parts = kind.answer(run, given, helpers.SHARED.ask)
    return " | ".join(_text(part) for part in parts)


def _text(part: dict[str, Any]) -> str:
    items = [f"{one['text']} {one.get('note', '')}" for one in part.get("items", ())]
    rows = [
        " ".join(cells) for cells in [part.get("head", []), *part.get("rows", ())] if part["is"] == "table"
    ]
    return " | ".join([*([part["text"]] if "text" in part else []), *items, *rows])
