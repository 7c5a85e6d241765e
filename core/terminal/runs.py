"""`runs`: all runs of the workspace, the latest first."""

import argparse
from typing import Any

from core import runs
from core.runs import Run, made_with
from core.words import mark

HELP = mark("List all runs.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("--project", default="", help="only the runs of this project")


def run(args: argparse.Namespace) -> list[dict[str, Any]]:
    """One entry for each run."""
    return [_entry(found) for found in runs.everything(args.project)]


def _entry(found: Run) -> dict[str, Any]:
    spec, state, results = found.spec(), found.state(), found.results()
    return {
        "run": found.id,
        "folder": str(found.folder),
        "name": spec.name,
        "state": state.name,
        "reason": str(state.reason or ""),
        "task": spec.goal.task,
        "target": spec.goal.target,
        "template": spec.template,
        "data": spec.data,
        "seed": spec.seed,
        "starts_from": spec.starts_from,
        "continues": spec.continues.get("run", ""),
        "made_with": made_with.read(found.folder),
        "test": results and results["metrics"]["test"],
    }
