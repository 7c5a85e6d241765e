"""The part of the moving panel that shows what a few validation rows are answered, epoch by epoch."""

from functools import lru_cache
from typing import Any

from core import datasets
from core.errors import DataError
from core.runs import Event, Run
from core.words import mark, say
from pages.parts import progress
from pages.parts.curves import Curves

MOST_CELLS = 6
LONGEST_CELL = 40
MOST_POINTS = 60
NEARLY = 0.005
GROUPS = {"best": mark("Best at first"), "worst": mark("Worst at first"), "random": mark("Drawn at random")}


def words() -> dict[str, str]:
    """The headings of the table."""
    return {
        "title": say("A few rows, epoch by epoch"),
        "row": say("Row"),
        "cells": say("What it sees"),
        "truth": say("True answer"),
        "answer": say("Its answer"),
        "course": say("Over the epochs"),
        "verdict": say("Verdict"),
    }


def told(run: Run, followed: Curves) -> dict[str, Any] | None:
    """The watched rows: how the user knows them, the truth, the answer now or of the best epoch, and the way there."""
    events = followed.rows
    if not events:
        return None
    goal = progress.asked(run).goal
    shown = _shown(followed)
    columns = tuple(goal.inputs[:MOST_CELLS])
    known = _cells(progress.asked(run).data, tuple(row["row"] for row in shown["rows"]), columns)
    course = _thinned(events)
    return {
        "caption": _caption(followed, shown),
        "course": _course(shown),
        "columns": list(columns) if known else [],
        "epochs": [event["epoch"] for event in course],
        "now": shown["epoch"],
        "rows": [
            _row(place, shown, course, known[place] if known else []) for place in range(len(shown["rows"]))
        ],
    }


def _shown(followed: Curves) -> Event:
    """The latest answers while it trains, afterwards those of the epoch that was kept."""
    best = followed.best
    if "end" in followed.last and best:
        return next((e for e in reversed(followed.rows) if e["epoch"] <= best["epoch"]), followed.rows[0])
    return followed.rows[-1]


def _caption(followed: Curves, shown: Event) -> str:
    best = followed.best
    # Answers that waited to be written are lost where a run was killed: then those before them are shown.
    if "end" in followed.last and best and best["epoch"] == shown["epoch"]:
        return say(
            "Validation rows, which it did not learn from, as the kept epoch {epoch:,} answers them.",
            epoch=shown["epoch"],
        )
    return say(
        "Validation rows, which it does not learn from, as epoch {epoch:,} answers them.",
        epoch=shown["epoch"],
    )


def _course(shown: Event) -> str:
    if "chance" in shown["rows"][0]:
        return say("How likely it held the true answer")
    return say("Its answer, and the true one dashed")


def _row(place: int, shown: Event, course: list[Event], cells: list[str]) -> dict[str, Any]:
    now = shown["rows"][place]
    is_class = "chance" in now
    values = [event["rows"][place]["chance" if is_class else "answer"] for event in course]
    return {
        "number": say("Row {row:,}", row=now["row"] + 1),
        "group": str(GROUPS[now["group"]]),
        "cells": cells,
        "truth": _text(now["truth"]),
        "answer": _text(now["answer"]),
        "chance": say("{share} for the true answer", share=_percent(now["chance"])) if is_class else "",
        "values": values,
        "line": None if is_class else now["truth"],
        "share": is_class,
        **_verdict(now, is_class),
        "described": _described(now, course, values, is_class),
    }


def _verdict(now: dict[str, Any], is_class: bool) -> dict[str, str]:
    """Right or wrong; an amount is too high or too low by so much."""
    if is_class:
        right = now["answer"] == now["truth"]
        return {"verdict": say("right") if right else say("wrong"), "mark": "right" if right else "wrong"}
    if now["answer"] is None:
        return {"verdict": say("no number"), "mark": "wrong"}
    off = now["answer"] - now["truth"]
    if abs(off) <= NEARLY * abs(now["truth"]):
        return {"verdict": say("nearly exact"), "mark": "right"}
    amount = _text(float(f"{abs(off):.3g}"))
    if off > 0:
        return {"verdict": say("{amount} too high", amount=amount), "mark": "high"}
    return {"verdict": say("{amount} too low", amount=amount), "mark": "low"}


def _described(now: dict[str, Any], course: list[Event], values: list[float | None], is_class: bool) -> str:
    """The small curve in a sentence, for those who cannot see it."""
    if is_class:
        return say(
            "Chance of the true answer: {then} at epoch {first:,}, {now} at epoch {last:,}.",
            then=_percent(values[0]), first=course[0]["epoch"], now=_percent(values[-1]), last=course[-1]["epoch"],
        )  # fmt: skip
    return say(
        "Its answer: {then} at epoch {first:,}, {now} at epoch {last:,}; the true one is {truth}.",
        then=_text(values[0]), first=course[0]["epoch"], now=_text(values[-1]), last=course[-1]["epoch"],
        truth=_text(now["truth"]),
    )  # fmt: skip


def _thinned(events: list[Event]) -> list[Event]:
    """At most some of them, evenly chosen, the first and the last among them."""
    every = max(-(-(len(events) - 1) // (MOST_POINTS - 1)), 1)
    return [event for place, event in enumerate(events[:-1]) if place % every == 0] + events[-1:]


def _percent(chance: float | None) -> str:
    """A probability as it is read; nothing is ever quite certain."""
    if chance is None:
        return "–"
    return "> 99%" if chance > 0.99 else "< 1%" if chance < 0.01 else f"{chance:.0%}"


def _text(value: str | float | None) -> str:
    """An answer as it is read: a class as it is, an amount with as many digits as say something."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return _short(value)
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


@lru_cache(maxsize=64)
def _cells(data: str, rows: tuple[int, ...], columns: tuple[str, ...]) -> list[list[str]]:
    """What the user's table says in these rows; nothing where the table is not there any more."""
    try:
        found = datasets.cells(data, rows, columns)
    except (DataError, OSError, KeyError):
        return []
    return [[_short(" ".join(str(cell or "–").split())) for cell in row] for row in found]
