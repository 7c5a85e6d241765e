"""What may make a model better, from what its results say: only what the figures carry."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from core.words import say
from pages.parts import named

FEW_ROWS = 1_000
ENOUGH_ROWS = 400  # test rows from which on a column can be called idle
IDLE_SHARE = 0.02  # of the worth of the most important column
NEARLY_PERFECT = 0.99
MOST = 3


class Advice(NamedTuple):
    """One thing to try: its icon, the sentence, and the page where it is done."""

    icon: str
    sentence: str
    page: str


def advice(results: Mapping[str, Any]) -> list[Advice]:
    """At most three things to try, the one that promises most first."""
    place = {name: _sign(ahead) for name, ahead in results["metrics"].get("ahead", {}).items()}
    found = []
    if place.get("most_frequent", 1) <= 0:
        found.append(_new_columns())
    if results["best_epoch"] >= results.get("epochs", results["best_epoch"] + 1) and not _perfect(results):
        sentence = say(
            "It was still getting better when training ended: allow it more epochs or more minutes."
        )
        found.append(Advice("schedule", sentence, "design"))
    elif place.get("linear", 1) < 0 or place.get("gradient_boosting", 1) < 0:
        found.append(_simpler(results))
    elif place.get("linear", 1) == 0 and not _perfect(results) and place.get("most_frequent", 1) > 0:
        found.append(
            Advice("tune", say("A simple model does as well: try fewer steps or fewer units."), "design")
        )
    if results["rows"]["train"] < FEW_ROWS and not _perfect(results):
        rows = results["rows"]["train"]
        found.append(
            Advice(
                "add",
                say("{count:,} rows are few for a network: more rows would help most.", count=rows),
                "data",
            )
        )
    idle = _idle(results)
    if idle and place.get("most_frequent", 1) > 0:
        found.append(
            Advice("filter_alt", say("It hardly uses {columns}: try without, and keep what is no worse.",
                                     columns=named.several(idle)), "goal")
        )  # fmt: skip
    if not found:
        found.append(_good(results) if _perfect(results) else _new_columns())
    return found[:MOST]


def _sign(ahead: Any) -> int:
    """1 where the network is surely ahead, -1 where it is surely behind, else 0."""
    low, high = ahead
    if low is None or high is None:
        return 1
    return int(low > 0) - int(high < 0)


def _perfect(results: Mapping[str, Any]) -> bool:
    return (results["metrics"]["test"][results["main"]] or 0.0) >= NEARLY_PERFECT


def _simpler(results: Mapping[str, Any]) -> Advice:
    """The network learned rows by heart where something simpler did not."""
    columns, rows = len(results["importance"]), results["rows"]["train"]
    if columns * 10 > rows:
        sentence = say(
            "{columns:,} columns are many for {rows:,} rows: keep the few that should matter.",
            columns=columns, rows=rows,
        )  # fmt: skip
        return Advice("filter_alt", sentence, "goal")
    return Advice(
        "tune",
        say("A simpler model is better here: try the other template, or fewer steps and units."),
        "design",
    )


def _new_columns() -> Advice:
    sentence = say("Think of what would tell you the answer yourself. Is it a column yet?")
    return Advice("lightbulb", sentence, "data")


def _good(results: Mapping[str, Any]) -> Advice:
    sentence = say(
        "This is almost too good: make sure that every column is known before “{target}” is.",
        target=named.short(results["target"]),
    )  # fmt: skip
    return Advice("lightbulb", sentence, "goal")


def _idle(results: Mapping[str, Any]) -> list[str]:
    """Columns whose worth is next to nothing, where there are rows enough to tell."""
    entries = results["importance"]
    if not entries or results["rows"]["test"] < ENOUGH_ROWS:
        return []
    most = max(entry["drop"] for entry in entries)
    return [e["column"] for e in entries if e["drop"] + 2 * e["spread"] < most * IDLE_SHARE]
