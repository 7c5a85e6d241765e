"""`again RUN`: a run once more, as it was, with things changed, or continued for more epochs."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core import runs
from core.errors import SettingError
from core.fields import Choice, Whole
from core.runs import Run, again, difference, made_with
from core.spec import TRAINING, Spec
from core.terminal.train import SEED, execute, report
from core.words import mark, say

HELP = mark("Train a run again: with things changed, from another run's weights, or for more epochs.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("run", help="a run's id or its folder")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help=f"one of: {', '.join(TRAINING)}"
    )
    parser.add_argument("--seed", type=int, help=str(SEED.help))
    parser.add_argument("--weights-of", metavar="RUN", help="start from this run's best weights")
    parser.add_argument(
        "--continue", dest="further", action="store_true",
        help="go on where it ended, as a new run; only epochs and minutes can be set, those before included",
    )  # fmt: skip
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Train, and say what came out, and what was asked otherwise than of the first run."""
    first = runs.find(args.run)
    values = _values(args.set)
    made = _continued(first, args, values) if args.further else _changed(first, args, values)
    execute(made, args.quiet)
    came_to = made_with.read(first.folder).get("settings")
    names = {first.id: first.spec().name}
    changes = difference.difference(first.spec(), made.spec(), came_to, names)
    return {**report(made), "again": first.id, "changes": [str(change) for change in changes]}


def _continued(first: Run, args: argparse.Namespace, values: Mapping[str, Any]) -> Run:
    other = [name for name in values if name not in ("epochs", "minutes")]
    other += [name for name in ("seed", "weights_of") if getattr(args, name) is not None]
    if other:
        raise SettingError(
            mark("A run that is continued keeps its “{name}”.", name=other[0]),
            mark("Set only epochs and minutes, or train it again without --continue."),
        )
    return again.continued(first, values.get("epochs"), values.get("minutes"))


def _changed(first: Run, args: argparse.Namespace, values: Mapping[str, Any]) -> Run:
    spec: Spec = first.spec()
    seed = spec.seed if args.seed is None else SEED.check(args.seed)
    lender = runs.find(args.weights_of).id if args.weights_of else spec.starts_from
    changed = replace(
        spec, training={**spec.training, **values}, seed=seed, starts_from=lender, continues={}, versions={},
        name=say("{run}, again", run=spec.name),
    )  # fmt: skip
    return runs.create(changed)


def _values(texts: list[str]) -> dict[str, Any]:
    """The settings as numbers and choices, checked; "automatic" is a value, too."""
    found: dict[str, Any] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name not in TRAINING:
            raise SettingError(
                mark("There is no setting called “{name}” here.", name=name[:80]),
                mark("Take one of these: {names}.", names=list(TRAINING)),
            )
        field = TRAINING[name]
        found[name] = field.check(None if value == "automatic" else _read(value, field))
    return found


def _read(text: str, field: Any) -> Any:
    if isinstance(field, Choice):
        return text
    try:
        return int(text) if isinstance(field, Whole) else float(text)
    except ValueError:  # the field says what it may be
        return text
