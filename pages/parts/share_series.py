"""A page that is shared, for a forecast: what comes next in each series after the end of the table."""

from collections.abc import Mapping
from typing import Any

from core import inquiry
from core.runs import Run
from core.shares import Share
from core.words import say
from pages.parts import named
from pages.parts.markup import Markup, tag
from pages.parts.share_parts import Ask, Part, fields_of, options, read

SERIES = "series"
MOST_LISTED = 500
FIELDS = {SERIES: inquiry.text_field(SERIES)}


def offered(run: Run) -> list[dict[str, Any]]:
    """None: there is nothing to fill in."""
    return []


def seen() -> str:
    """What whoever opens the page gets to see."""
    return say("The page shows the names of the series, their next values and what you wrote here.")


def _found(run: Run) -> list[Mapping[str, Any]]:
    return (run.results() or {})["next"]["series"][:MOST_LISTED]


def form(run: Run, share: Share) -> Markup:
    """Which series, where there are several."""
    names = [entry["name"] for entry in _found(run)]
    if len(names) > 1:
        return fields_of(options(SERIES, say("Series"), names))
    return tag("input", type="hidden", data_name=SERIES, data_kind="category", value=names[0])


def examples(run: Run, share: Share) -> list[dict[str, Any]]:
    """None."""
    return []


def answer(run: Run, given: Any, ask: Ask) -> list[Part]:
    """Each of the next moments with its value."""
    wanted, results = read(given, FIELDS)[SERIES], run.results() or {}
    entry = next((one for one in _found(run) if one["name"] == (wanted or "")), None)
    if entry is None:
        return [{"is": "line", "text": say("“{name}” is not known here.", name=named.cut(wanted or ""))}]
    rows = [
        [str(when), named.amount(value)]
        for when, value in zip(entry["next_when"], entry["next"], strict=True)
    ]
    miss = results["metrics"]["test"]["mae"]
    return [
        {"is": "table", "head": [say("When"), results["target"]], "rows": rows},
        {"is": "note", "text": say("After the end of the table that it learned from. On the time kept apart it was off by {miss:,.3g} on average.", miss=miss)},
    ]  # fmt: skip
