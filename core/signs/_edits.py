"""A sign's change applied to what a run was asked to do."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from core import templates
from core.errors import GraphError, Mend
from core.fields import Choice, defaults
from core.graph import Graph, measure, mended
from core.signs._drawing import EDITS
from core.signs._sign import Change
from core.signs._trend import short
from core.spec import CLASSES_ONLY, TRAINING, Spec
from core.tasks import SHELF as TASKS
from core.templates import SHELF as TEMPLATES
from core.words import Sentence, mark

LEAST = {"weight_decay": 1e-3, "global_clipnorm": 1.0}  # from nothing, a factor leads nowhere


def changed(spec: Spec, change: Change, facts: Mapping[str, Any], run: str = "") -> Spec:
    """What the next run is asked to do, with that change and nothing else.

    Args:
        facts: What is known about the prepared rows, from which automatic settings follow.
        run: Id of the run whose best weights it begins with, for changes that want that.

    Raises:
        GraphError: Where the drawing would not fit together any more.
    """
    training = dict(spec.training)
    for name, edit in change.training.items():
        training[name] = _edited(name, edit, training.get(name), _automatic(spec, facts))
    graph = spec.graph
    if change.drawing:
        graph = _redrawn(graph, change, facts)
    starts_from = run if change.from_best else spec.starts_from
    return replace(spec, training=training, graph=graph, starts_from=starts_from, continues={}, versions={})


def _redrawn(graph: Graph, change: Change, facts: Mapping[str, Any]) -> Graph:
    """The drawing with all steps of the change, or with those that leave it whole where some would not.

    Raises:
        GraphError: Where it is not whole to begin with.
    """
    report = measure(graph, facts)
    for error in report.errors:
        raise error
    steps = EDITS[change.drawing](graph, report)
    whole = mended(graph, Mend(change.label, tuple(steps)))
    if measure(whole, facts).ok:
        return whole
    # Some layer further on has sizes of its own, such as a Reshape: what it needs stays as it is.
    for step in steps:
        tried = mended(graph, Mend(change.label, (step,)))
        graph = tried if measure(tried, facts).ok else graph
    return graph


def offered(spec: Spec, changes: Iterable[Change], facts: Mapping[str, Any]) -> list[Change]:
    """Those of the changes that can be done and that change anything."""
    return [change for change in changes if change.goes_on or _does_something(spec, change, facts)]


def _does_something(spec: Spec, change: Change, facts: Mapping[str, Any]) -> bool:
    classes = "crossentropy" in TASKS[spec.goal.task].LOSS
    if not classes and any(name in CLASSES_ONLY for name in change.training):
        return False
    try:
        after = changed(spec, change, facts)
    except GraphError:  # the drawing is one that this change does not fit: it is not offered
        return False
    return after.training != spec.training or after.graph != spec.graph


def detail(spec: Spec, change: Change, facts: Mapping[str, Any]) -> list[Sentence]:
    """What exactly a change does, one sentence for each setting that differs.

    Raises:
        UserError: As `changed`.
    """
    if change.goes_on:
        return [mark("The same run goes on where it ended, as if it had never done so.")]
    after = changed(spec, change, facts)
    now, then = (_automatic(each, facts) | _set(each) for each in (spec, after))
    told = [
        mark("{label}: {now} → {then}", label=TRAINING[name].label, now=_shown(name, now[name]),
             then=_shown(name, then[name]))
        for name in TRAINING if now.get(name) != then.get(name)
    ]  # fmt: skip
    before, behind = measure(spec.graph, facts), measure(after.graph, facts)
    if after.graph != spec.graph and before.weights != behind.weights:
        told.append(mark("Weights: {now:,} → {then:,}", now=before.weights, then=behind.weights))
    elif after.graph != spec.graph:
        told.append(_left_out(spec, after, facts))
    return told + ([mark("It begins with the best weights of this run.")] if change.from_best else [])


def _left_out(spec: Spec, after: Spec, facts: Mapping[str, Any]) -> Sentence:
    rates = [_rates(each, facts) for each in (spec, after)]
    return mark("Share left out: {now} → {then}", now=rates[0] or "0", then=rates[1])


def _rates(spec: Spec, facts: Mapping[str, Any]) -> str:
    found = {
        f"{value:.0%}"
        for layer in measure(spec.graph, facts).layers.values()
        for name, value in layer.fields.items()
        if name in ("rate", "dropout") and isinstance(value, float)
    }
    return ", ".join(sorted(found))


def _shown(name: str, value: Any) -> Any:
    knob = TRAINING[name]
    if isinstance(knob, Choice):
        return knob.options[value]
    return f"{value:g}" if isinstance(value, (int, float)) else value


def _automatic(spec: Spec, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What each setting is while nobody has set it."""
    template = TEMPLATES[templates.chosen(spec.template, facts)]
    return {**defaults(TRAINING), **template.training(facts)}


def _set(spec: Spec) -> dict[str, Any]:
    return {name: value for name, value in spec.training.items() if value is not None}


def _edited(name: str, edit: Mapping[str, Any], now: Any, automatic: Mapping[str, Any]) -> Any:
    """The setting's new value; None, automatic, where somebody had set it and that lies further still."""
    knob = TRAINING[name]
    if "to" in edit:
        return knob.check(edit["to"])
    known = automatic[name] if now is None else now
    value = known * edit["times"]
    if edit["times"] > 1 or not known:
        value = max(value, LEAST.get(name, value))
    further = automatic[name] is not None and (
        automatic[name] < value if edit["times"] < 1 else automatic[name] > value
    )
    if knob.auto and now is not None and further:
        return None
    return knob.check(min(max(short(value), knob.low), knob.high))
