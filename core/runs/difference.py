"""What one run was asked otherwise than another, in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core import graph
from core.fields import Choice, Field
from core.spec import TRAINING, Spec
from core.words import Sentence, mark

MOST_COLUMNS = 6


def difference(
    old: Spec, new: Spec, came_to: Mapping[str, Any] | None = None, names: Mapping[str, str] | None = None
) -> list[Sentence]:
    """One sentence for each thing that the new run is asked otherwise; empty where both are asked the same.

    Where layers stand in the picture makes no difference, nor do names.

    Args:
        came_to: What automatic settings came to in the old run, where that is known.
        names: What runs are called, by id.
    """
    return [
        *_question(old, new),
        *_settings(old, new, came_to or {}),
        *ways(old, new, names),
        *graph.difference(old.graph, new.graph),
    ]


def _question(old: Spec, new: Spec) -> list[Sentence]:
    found = []
    if old.data != new.data:
        found.append(mark("It learns from another data set."))
    first, last = old.goal, new.goal
    if first.target != last.target:
        found.append(mark("It predicts “{new}” instead of “{old}”.", new=last.target, old=first.target))
    elif first.task != last.task:
        found.append(mark("It asks another kind of question about “{target}”.", target=last.target))
    more = [name for name in last.inputs if name not in first.inputs]
    fewer = [name for name in first.inputs if name not in last.inputs]
    if more:
        found.append(mark("It also reads {columns}.", columns=_few(more)))
    if fewer:
        found.append(mark("It no longer reads {columns}.", columns=_few(fewer)))
    both = [*last.inputs, last.target]
    other = [name for name in both if first.kinds.get(name, last.kinds.get(name)) != last.kinds.get(name)]
    if other:
        found.append(mark("It reads {columns} as another kind.", columns=_few(other)))
    if replace(first.split, seed=0) != replace(last.split, seed=0):
        found.append(mark("Its rows are divided otherwise."))
    elif first.split.seed != last.split.seed:
        found.append(mark("Its rows are divided by another seed."))
    return found


def _settings(old: Spec, new: Spec, came_to: Mapping[str, Any]) -> list[Sentence]:
    found = []
    for name, field in TRAINING.items():
        first, last = (spec.training.get(name, field.default) for spec in (old, new))
        if first != last:
            told = {"new": shown(field, last), "old": shown(field, first, came_to.get(name))}
            found.append(mark("{label}: {new} instead of {old}.", label=field.label, **told))
    return found


def ways(old: Spec, new: Spec, names: Mapping[str, str] | None = None) -> list[Sentence]:
    """What `difference` says of seed, device and beginnings, which belong to a run alone and to no project."""
    found, names = [], names or {}
    if old.seed != new.seed:
        found.append(mark("Seed: {new} instead of {old}.", new=new.seed, old=old.seed))
    if old.device != new.device:
        devices = {"new": new.device or mark("automatic"), "old": old.device or mark("automatic")}
        found.append(mark("Device: {new} instead of {old}.", **devices))
    if old.starts_from != new.starts_from:
        if new.starts_from:
            name = names.get(new.starts_from, new.starts_from)
            found.append(mark("It starts from the weights of “{run}”.", run=name))
        else:
            found.append(mark("It starts from weights of its own."))
    origin = new.continues.get("run", "")
    if origin and origin != old.continues.get("run", ""):
        epoch = new.continues["epoch"]
        name = names.get(origin, origin)
        found.append(mark("It continues “{run}”, which had come to epoch {epoch}.", run=name, epoch=epoch))
    return found


def shown(field: Field, value: Any, came_to: Any = None) -> Sentence | str:
    """A setting's value as a person reads it.

    Args:
        came_to: What it came to where it is automatic, if that is known.
    """
    if value is None:
        if came_to is None:
            return mark("automatic")
        return mark("{value} (automatic)", value=shown(field, came_to))
    if isinstance(field, Choice) and value in field.options:
        return field.options[value]
    return f"{value:g}" if isinstance(value, float) else f"{value:,}"


def _few(columns: list[str]) -> list[Sentence]:
    shown = [mark("“{name}”", name=name) for name in columns[:MOST_COLUMNS]]
    if len(columns) > MOST_COLUMNS:
        more = len(columns) - MOST_COLUMNS
        shown.append(mark("{count:,} more", plural="{count:,} more", count=more))
    return shown
