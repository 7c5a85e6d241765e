"""A page that is shared about a run's model, drawn and asked as the routes do it."""

import re
from typing import Any

import pytest

from core import home, inquiry, sample_row, shares
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


def served(run: Run) -> None:
    """The address for other programs takes the run's own sample rows and answers them as was found when it ended."""
    samples, made = home.read_json(run.folder / "samples.json"), run.recipes() or {}
    count = len(next(iter(samples["columns"].values())))
    body = {"rows": [sample_row.row(run, samples["columns"], at) for at in range(count)]}
    rows, found = inquiry.read_rows(body, inquiry.fields(made, body["rows"][0]), count)
    assert found == []
    said = helpers.SHARED.ask({"folder": str(run.folder), "rows": rows, "pictures": {}})["answers"]
    if made["target"]["as"] == "items":
        said = [item for one in said for item in one["items"]]
        assert [one["item"] for one in said] == samples["answers"]["item"]
        return
    wanted = samples["answers"]["prediction"]
    assert len(said) == len(wanted)
    for one, answer in zip(said, wanted, strict=True):
        assert one["prediction"] == (pytest.approx(answer, rel=1e-4) if isinstance(answer, float) else answer)
