"""Dates and times."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from core.columns._dates import read_dates
from core.columns._evidence import ColumnText, Guess
from core.errors import DataError
from core.recipes import date_part, read_values
from core.words import mark

LABEL = mark("Date")
HELP = mark("A day or a moment: the network sees the year, the time of the year, the weekday and the hour.")
ICON = ":material/calendar_month:"
INPUT = "numbers"

_CYCLES = {"month": 12, "day": 31, "weekday": 7, "hour": 24}


def guess(column: ColumnText) -> Guess | None:
    """Texts that are written as dates."""
    dates = column.dates
    if dates is None:
        return None
    known = dates.days[~np.isnan(dates.days)]
    first, last = spoken(float(known.min())), spoken(float(known.max()))
    if dates.unsure:
        return Guess(
            0.9,
            mark(
                "{count:,} values are dates from {first} to {last}, read as “{format}”; day and month could be "
                "the other way round.",
                count=dates.readable, first=first, last=last, format=format_in_words(dates.parse["format"]),
            ),
        )  # fmt: skip
    return Guess(
        0.95,
        mark(
            "{count:,} values are dates from {first} to {last}.", count=dates.readable, first=first, last=last
        ),
    )


def format_in_words(form: str) -> str:
    """A `strptime` format as people write it, such as `DD/MM/YYYY`."""
    words = {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%H": "hh", "%M": "mm", "%S": "ss", "%I": "hh"}
    for code, word in {**words, "%b": "Mon", "%B": "Month", "%p": "am"}.items():
        form = form.replace(code, word)
    return form


def spoken(days: float) -> str:
    """Days since 1970 as `2024-01-31`, with the time of day where there is one."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days)
    return moment.strftime("%Y-%m-%d" if days == np.floor(days) else "%Y-%m-%d %H:%M")


def reading(texts: Iterable[str]) -> dict[str, Any]:
    """How the texts write their dates.

    Raises:
        DataError: If fewer than half of the values are dates of one format.
    """
    column = ColumnText.of("date", texts)
    if not column.filled:
        return {"as": "date", "format": "iso"}
    dates = read_dates("date", column.values, column.counts, column.numbers, least=0.5)
    if dates is None:
        raise DataError(
            mark(
                "Most of the {total:,} values are not dates that can be read, such as “{example}”.",
                total=column.filled, example=column.values[0][:40],
            ),
            mark("Write them as 2024-01-31, or make the column a category."),
        )  # fmt: skip
    return dict(dates.parse)


def fit(texts: Sequence[str], parse: dict[str, Any], column: str, target: Any = None) -> dict[str, Any]:
    """The recipe of a date column: how late it is, and its place in the year, the month, the week and the day."""
    days = read_values(texts, parse)
    known = days[~np.isnan(days)]
    features = [_scaled("days", known)] if len(known) else [{"make": "scale", "mean": 0.0, "scale": 1.0}]
    for part in ("year", *_CYCLES):
        found = date_part(known, part)
        if len(np.unique(found)) < 2:
            continue
        cycle = {"make": "cycle", "part": part, "period": _CYCLES.get(part, 0)}
        features.append(_scaled("year", known) if part == "year" else cycle)
    if len(known) < len(days) or not len(days):
        features.append({"make": "missing"})
    fill = float(np.median(known)) if len(known) else 0.0
    return {
        "column": column, "kind": "date", "input": INPUT, "parse": dict(parse), "fill": fill, "features": features,
    }  # fmt: skip


def _scaled(part: str, known: np.ndarray) -> dict[str, Any]:
    values = date_part(known, part)
    # Later times count as the latest one known: what a network makes of times that it never saw is anybody's guess.
    limits = {"low": float(values.min()), "high": float(values.max())}
    return {
        "make": "scale",
        **limits,
        "part": part,
        "mean": float(values.mean()),
        "scale": float(values.std()) or 1.0,
    }
