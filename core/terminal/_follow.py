"""A run's events as lines that a person reads in a terminal."""

import sys
from collections.abc import Callable
from typing import Any

from core.words import Sentence, say


def teller() -> Callable[[float, Sentence], None]:
    """Something that is told how far the preparation is, and writes each thing done once."""
    told: list[str] = []

    def tell(share: float, text: Sentence) -> None:
        if str(text) not in told:
            told.append(str(text))
            print(text, file=sys.stderr, flush=True)

    return tell


def show(events: list[dict[str, Any]]) -> None:
    """Write the events that matter to stderr."""
    for event in events:
        text = _line(event)
        if text:
            print(text, file=sys.stderr, flush=True)


def _line(event: dict[str, Any]) -> str:
    kind = event["kind"]
    if kind in ("stage", "message", "resumed"):
        return str(Sentence.from_json(event["text"]))
    if kind == "begin":
        return say(
            "{device}: {rows:,} rows, {weights:,} weights, at most {epochs:,} epochs or {minutes:g} minutes.",
            **{name: event[name] for name in ("device", "rows", "weights", "epochs", "minutes")},
        )
    if kind == "epoch":
        main = next((name for name in event if f"val_{name}" in event and name != "loss"), "loss")
        return say(
            "Epoch {epoch:,}: loss {loss:.4f}, on validation rows {validation:.4f}, {metric} {value:.4f}{star}",
            epoch=event["epoch"], loss=event["loss"] or 0.0, validation=event["val_loss"] or 0.0,
            metric=main, value=event[f"val_{main}"] or 0.0, star=" *" if event["best"] else "",
        )  # fmt: skip
    return ""
