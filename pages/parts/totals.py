"""What a network costs as a whole: layers, weights, disk, memory and time, with their units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import speed
from core.graph import Report, training_memory
from core.words import say
from pages.parts import layer_words, moments

SHORTEST = 0.1
UNKNOWN = "–"


@dataclass(frozen=True)
class Total:
    """One figure in the header: what it is called, its value with the unit, and what it means."""

    label: str
    value: str
    help: str


def of(report: Report, facts: Mapping[str, Any], batch_size: int) -> list[Total]:
    """The figures of a whole network, in the order of the header; those that nobody can know yet are a dash."""
    memory = training_memory(report, batch_size)
    return [
        Total(
            say("Layers"), f"{len(report.layers):,}",
            say("Steps that a row passes, input and output included."),
        ),
        Total(say("Weights"), f"{report.weights:,}" if report.ok else UNKNOWN, say("Numbers that the network learns.")),
        Total(
            say("On disk"), layer_words.size(report.bytes) if report.ok else UNKNOWN,
            say("The weights as 32-bit numbers, as they are kept in a file."),
        ),
        Total(
            say("Memory to train"), layer_words.size(memory) if report.ok else UNKNOWN,
            say("About what training takes beside the data, with {rows:,} rows per step.", rows=batch_size),
        ),
        Total(
            say("Time per epoch"), _epoch(report, facts, batch_size),
            say("About how long this server takes to go through all training rows once."),
        ),
    ]  # fmt: skip


def _epoch(report: Report, facts: Mapping[str, Any], batch_size: int) -> str:
    if not report.ok:
        return UNKNOWN
    seconds = speed.seconds_per_epoch(report, facts, batch_size)
    return say("being measured") if seconds is None else length(seconds)


def length(seconds: float) -> str:
    """A length of time as it can be foretold, such as "3.2 s" or "under 0.1 s"."""
    if seconds < SHORTEST:
        return say("under {seconds:g} s", seconds=SHORTEST)
    return say("{seconds:.1f} s", seconds=seconds) if seconds < 10 else moments.length(seconds)
