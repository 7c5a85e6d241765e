"""The part of the moving panel that says in plain words what the curves tell, and starts the next run with a change."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core import drawings, home, prepare, projects, runs, signs
from core.errors import UserError
from core.fields import check_all
from core.projects import Project
from core.runs import Run, again
from core.signs import Change, Sign
from core.spec import TRAINING, Spec
from core.words import language, mark, say
from pages.parts import begin_run, chosen, curves, place, progress
from pages.parts.curves import Curves

MOST_KEPT = 256
_kept: OrderedDict[tuple[str, str], tuple[Any, dict[str, Any] | None]] = OrderedDict()
_measured: OrderedDict[tuple[str, str, str], tuple[str, ...] | None] = OrderedDict()


def words() -> dict[str, str]:
    """What the browser says by itself."""
    return {
        "title": say("What the curves say"),
        "show": say("Show on the chart"),
        "hide": say("Hide on the chart"),
        "apply": say("Apply and run again:"),
        "stop": say("Stop, apply and run again:"),
        "stopHint": say("This run stops after its step and keeps its best; the new one begins after it."),
        "hint": say("A new run begins; this one stays as it is."),
        "good": say("Good"),
        "neutral": say("Note"),
        "warn": say("Attention"),
    }


def told(run: Run, followed: Curves) -> dict[str, Any] | None:
    """The main sign and at most two others, each with the evidence and what would help."""
    state = run.state().name
    stage = followed.last.get("stage", {}).get("stage")
    about = (followed.begin.get("at"), len(followed.epochs), stage, state)
    key = (str(run.folder), language())
    kept = _kept.get(key)
    if kept is None or kept[0] != about:
        kept = _kept[key] = (about, _look(run, followed, state))
        _shorten(_kept)
    return kept[1]


def _look(run: Run, followed: Curves, state: str) -> dict[str, Any] | None:
    seen = _seen(followed, state)
    if not seen:
        return None
    facts = _facts(run)
    ended = run.state().ended
    return {
        "signs": [_sign(run, one, facts, ended) for one in seen],
        "running": not ended,
    }


def _seen(followed: Curves, state: str) -> list[Sign]:
    return signs.seen(followed.begin, list(followed.epochs), dict(followed.last), state)


def _sign(run: Run, sign: Sign, facts: Mapping[str, Any] | None, ended: bool) -> dict[str, Any]:
    evidence = sign.evidence and {**sign.evidence.to_json(), "label": str(signs.SHELF[sign.name].LABEL)}
    return {
        "name": sign.name,
        "tone": sign.tone,
        "label": str(signs.SHELF[sign.name].LABEL),
        "sentence": str(sign.sentence),
        "evidence": evidence,
        "changes": [] if facts is None else [
            {"name": change.name, "label": str(change.label), "details": list(_details(run, change, facts) or ())}
            for change in _possible(run, sign, facts, ended)
        ],
    }  # fmt: skip


def _details(run: Run, change: Change, facts: Mapping[str, Any]) -> tuple[str, ...] | None:
    """What exactly the change does, or None where it cannot be done; measured once, for a run trains many epochs."""
    key = (str(run.folder), language(), repr(change))
    if key not in _measured:
        spec, found = progress.asked(run), None
        if signs.offered(spec, [change], facts):
            found = tuple(str(line) for line in signs.detail(spec, change, facts))
        _measured[key] = found
        _shorten(_measured)
        return found
    return _measured.get(key)


def _shorten(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > MOST_KEPT:
        kept.popitem(last=False)


def _possible(run: Run, sign: Sign, facts: Mapping[str, Any], ended: bool) -> list[Change]:
    """What can be done now: going on only where a run has ended, the rest also while it trains."""
    lends = again.can_lend(run)
    changes = [change if lends else replace(change, from_best=False) for change in sign.changes]
    return [
        change
        for change in changes
        if _details(run, change, facts) is not None
        and (not change.goes_on or (ended and again.can_continue(run)))
    ]


def _facts(run: Run) -> Mapping[str, Any] | None:
    """What is known about the rows that the run learns from; None where they are not there any more."""
    spec = progress.asked(run)
    id = prepare.id_of(spec.data, spec.goal)
    if not (home.folder("prepared") / id / "facts.json").exists():
        return None
    return prepare.load(id).facts


def acted(run: Run, name: str, value: Any) -> None:
    """Start the next run with the change that was clicked; looked up anew, for a browser may ask for anything."""
    facts = _facts(run)
    if name != "apply" or not isinstance(value, str) or facts is None:
        return
    sign_name, _, change_name = value.partition("/")
    state = run.state()
    for sign in _seen(curves.of(run), state.name):
        for change in _possible(run, sign, facts, state.ended):
            if (sign.name, change.name) == (sign_name, change_name):
                _apply(run, change, facts)
                return


def _apply(run: Run, change: Change, facts: Mapping[str, Any]) -> None:
    spec = progress.asked(run)
    project = projects.load(spec.project)
    if change.goes_on:
        name = begin_run.named(project, [change.said])
        begin_run.begun(again.continued(run, change.epochs, name=name))
        return
    after = signs.changed(spec, change, facts, run.id)
    if _asks_the_same(project, spec):
        _take_over(project, spec, after, change)
    if not run.state().ended:
        runs.request_stop(run)
    begin_run.start(after, [change.said])


def _asks_the_same(project: Project, spec: Spec) -> bool:
    """Whether the project still asks what the run was asked; what was changed since is nobody's to overwrite."""
    if (project.data, project.goal) != (spec.data, spec.goal.to_json()) or not project.prepared:
        return False
    try:
        training = check_all(TRAINING, project.training)
        graph = chosen.graph(project, chosen.facts(project))
    except UserError:  # its rows or its drawing cannot be read: then there is nothing to compare with
        return False
    now = Spec(project.data, spec.goal, spec.template, graph, training)
    return begin_run.asks(now) == begin_run.asks(spec)


def _take_over(project: Project, spec: Spec, after: Spec, change: Change) -> None:
    """Let the project ask what the new run is asked, so that Design shows what was trained."""
    if change.training:
        by_hand = {name: value for name, value in after.training.items() if value != TRAINING[name].default}
        project = projects.change(project, training=by_hand)
    if after.graph != spec.graph:
        now = drawings.current(project)
        if now is None:
            drawings.create(project, drawings.next_name(project.id), after.graph)
        else:
            why = mark("Before the change “{change}”", change=change.label)
            drawings.replace_graph(project.id, now.id, after.graph, why)
    place.renew_forms()
