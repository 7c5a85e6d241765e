"""A forecast's pictures as plain data, and its figures in plain words."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from core import windows
from core.results.verdict import Told, short
from core.words import Sentence, mark

if TYPE_CHECKING:
    from core.results.series import Asked

MOST_PICTURED = 6  # series
WINDOWS_EACH = 3
MOST_COMING = 500  # series
FEW_ORIGINS = 10
UNITS = {
    ("months", 1): lambda n: mark("the last month", plural="the last {count:,} months", count=n),
    ("months", 3): lambda n: mark("the last quarter", plural="the last {count:,} quarters", count=n),
    ("months", 12): lambda n: mark("the last year", plural="the last {count:,} years", count=n),
    ("seconds", 604_800): lambda n: mark("the last week", plural="the last {count:,} weeks", count=n),
    ("seconds", 86_400): lambda n: mark("the last day", plural="the last {count:,} days", count=n),
    ("seconds", 3_600): lambda n: mark("the last hour", plural="the last {count:,} hours", count=n),
}
SEASONS = {
    ("months", 12): mark("repeating last year"),
    ("seconds", 31_536_000): mark("repeating last year"),
    ("seconds", 31_449_600): mark("repeating last year"),
    ("seconds", 604_800): mark("repeating last week"),
    ("seconds", 86_400): mark("repeating yesterday"),
}


def label(key: str) -> str:
    """What a series is called."""
    return " · ".join(json.loads(key))


def pictured(test: "Asked", said: np.ndarray, others: Mapping[str, np.ndarray]) -> list[dict[str, Any]]:
    """The last windows of a few series, with the truth and all forecasts: from the best to the worst of them."""
    ends = np.cumsum([len(origins) for _, origins in test.origins])
    off = np.nanmean(np.abs(test.truth - said), axis=1) / test.size
    worse = [float(np.nanmean(part)) for part in np.split(off, ends[:-1])]
    order = np.argsort(worse, kind="stable")
    picked = order[np.unique(np.linspace(0, len(order) - 1, MOST_PICTURED).round().astype(int))]
    found = []
    for which in picked.tolist():
        number, origins = test.origins[which]
        begin = int(ends[which]) - len(origins)
        found.append(_pictured(test, number, origins, begin, {"network": said, **others}))
    return found


def _pictured(
    test: "Asked", number: int, origins: np.ndarray, begin: int, said: Mapping[str, np.ndarray]
) -> dict[str, Any]:
    grid, series = test.grids[number], test.made["series"]
    steps = series["steps"]
    places = [len(origins) - 1 - steps * back for back in range(WINDOWS_EACH)]
    places = [place for place in places if place >= 0][::-1]
    first = int(origins[places[0]])
    shown = max(0, first - max(series["back"], steps) + 1)
    end = int(origins[places[-1]]) + steps
    values = windows.unbend(series, grid["values"])
    at = np.arange(shown, end + 1)
    return {
        "name": label(grid["key"]),
        "at": when(test.made, grid["first"] + at),
        "true": np.where(grid["known"][at], values[at], np.nan),
        "forecasts": [
            {
                "at": when(test.made, grid["first"] + int(origins[place]) + np.arange(1, steps + 1)),
                **{name: said_by[begin + place] for name, said_by in said.items()},
            }
            for place in places
        ],
    }


def when(made: Mapping[str, Any], steps: np.ndarray) -> list[Any]:
    """What stands on the axis of time: the moment as text, or the step's number."""
    moments = windows.moments_at(made["series"], steps)
    if made["series"]["unit"] in ("rows", "numbers"):
        return [float(step) for step in (steps if made["series"]["unit"] == "rows" else moments)]
    form = {**made["series"], "parse": {"as": "date", "format": "iso"}}
    return [windows.text_of(form, float(moment)) for moment in moments]


def coming(
    made: Mapping[str, Any], grids: Sequence[Mapping[str, Any]], rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """The next values after the table's end, with what came before, series by series."""
    series, steps = made["series"], made["series"]["steps"]
    found = []
    for number, grid in enumerate(grids[:MOST_COMING]):
        end = len(grid["values"])
        at = np.arange(max(0, end - max(series["back"], steps)), end)
        found.append({
            "name": label(grid["key"]),
            "at": when(made, grid["first"] + at),
            "true": np.where(grid["known"][at], windows.unbend(series, grid["values"][at]), np.nan),
            "next_at": when(made, grid["first"] + end + np.arange(steps)),
            "next_when": [str(row[_named(made)]) for row in rows[number * steps : (number + 1) * steps]],
            "next": [row["prediction"] for row in rows[number * steps : (number + 1) * steps]],
        })  # fmt: skip
    return {"count": len(grids), "series": found}


def _named(made: Mapping[str, Any]) -> str:
    """The column of a forecast that says when."""
    return windows.answer_names(made)[-2]


def tell(results: Mapping[str, Any], made: Mapping[str, Any]) -> Told:
    """The sentences for figures as `core.results.series` collects them."""
    measured, series = results["metrics"], made["series"]
    low, high = measured["intervals"]["mae"]
    known = results["series"]
    sentences = [
        mark(
            "On {time} it misses “{target}” by {miss:,} on average (between {low:,} and {high:,}); {naive} would miss "
            "by {guess:,}.",
            time=_last(series, known["end"] - known["test"]), target=results["target"],
            miss=short(measured["test"]["mae"]), low=short(low), high=short(high), naive=_repeating(series),
            guess=short(measured["baselines"]["seasonal_naive"]["mae"]),
        )
    ]  # fmt: skip
    sentences += _compared(measured["ahead"])
    steps = results["by_step"]["network"]
    if len(steps) > 1:
        sentences.append(
            mark(
                "One step ahead it misses by {near:,} on average, {steps:,} steps ahead by {far:,}.",
                near=short(steps[0]),
                far=short(steps[-1]),
                steps=len(steps),
            )
        )
    return Told(tuple(sentences), tuple(_warnings(known)))


def _last(series: Mapping[str, Any], count: int) -> Sentence:
    found = UNITS.get((series["unit"], int(series["every"])))
    return (
        found(count)
        if found
        else mark("the last {count} step", plural="the last {count:,} steps", count=count)
    )


def _repeating(series: Mapping[str, Any]) -> Sentence:
    if series["season"] == 1:
        return mark("repeating the last value")
    found = SEASONS.get((series["unit"], int(series["season"] * series["every"])))
    return found or mark("repeating the last {count:,} steps", count=series["season"])


def _compared(ahead: Mapping[str, Any]) -> list[Sentence]:
    sign = {name: int(low > 0) - int(high < 0) for name, (low, high) in ahead.items()}
    if sign["seasonal_naive"] < 0:
        return [mark("That is worse than simply repeating: this series tells the network nothing more.")]
    said = {
        1: mark("It is better than exponential smoothing."),
        0: mark("Exponential smoothing is about as good."),
        -1: mark("Exponential smoothing is better here."),
    }
    return [said[sign["exponential_smoothing"]]]


def _warnings(known: Mapping[str, Any]) -> list[Sentence]:
    found = []
    if known["end"] - known["test"] - known["steps"] + 1 < FEW_ORIGINS:
        found.append(mark("The test is short: so few forecasts fit into it that the figures are rough."))
    if known["gaps"]:
        found.append(
            mark("{count:,} step is missing in the table and was filled with the value one season before.",
                 plural="{count:,} steps are missing in the table and were filled with the values one season before.",
                 count=known["gaps"])
        )  # fmt: skip
    if known["merged"]:
        found.append(
            mark("{count:,} row has a moment that came before in its series; of such rows the mean counts.",
                 plural="{count:,} rows have a moment that came before in their series; of such rows the mean counts.",
                 count=known["merged"])
        )  # fmt: skip
    if known["unit"] == "rows":
        found.append(mark("The times are not regular, so each row counts as one step."))
    return found
