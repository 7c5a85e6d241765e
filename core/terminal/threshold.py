"""`threshold RUN --missed 5 --alarm 1`: from which chance on a yes-or-no model says yes."""

import argparse
from dataclasses import asdict
from typing import Any

from core import runs
from core.errors import RunError
from core.results import kept, threshold
from core.words import mark

HELP = mark("Choose from which chance on a yes-or-no model says yes.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")
    parser.add_argument("--balanced", action="store_true", help="find both answers equally well")
    parser.add_argument("--missed", type=float, help="what one costs that is not found")
    parser.add_argument("--alarm", type=float, help="what a false alarm costs")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The threshold, chosen on validation rows, and what it means on test rows; without anything said, 0.5."""
    found = runs.find(args.run)
    validation, test = (kept.read(found, side) for side in ("validation", "test"))
    costs = args.missed is not None or args.alarm is not None
    by = "balanced" if args.balanced else "costs" if costs else "even"
    wanted = threshold.Wanted(by, _cost(args.missed), _cost(args.alarm))
    value = threshold.choose(validation, wanted)
    threshold.apply(found, value, wanted)
    return {"run": found.id, "threshold": value, **asdict(threshold.meaning(test, value))}


def _cost(value: float | None) -> float:
    """What was said, or 1. Raises RunError below 0."""
    if value is not None and not 0 <= value < float("inf"):
        raise RunError(mark("A mistake cannot cost {value:g}.", value=value), mark("Give 0 or more."))
    return 1.0 if value is None else value
