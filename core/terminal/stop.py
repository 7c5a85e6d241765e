"""`stop [RUN]`: one run stops and keeps its best; without a run, the supervisor ends."""

import argparse
from typing import Any

from core import runs
from core.words import mark

HELP = mark("Stop a run and keep its best, or end the process that waits for runs.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", nargs="?", help="a run's id or its folder; all of this workspace if left out")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Say whether it has stopped; a run takes a moment to write its model."""
    if args.run:
        found = runs.find(args.run)
        runs.request_stop(found)
        return {"run": found.id, "state": found.state().name}
    return {"stopped": runs.stop_supervisor()}
