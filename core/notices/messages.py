"""What is told of a run that has ended: plain data for programs, and one sentence for chats."""

from typing import Any
from urllib.parse import urlencode

from core import projects, words
from core.errors import DataError
from core.notices.addresses import Webhook
from core.runs import Run, State
from core.spec import Spec
from core.tasks import SHELF as TASKS
from core.words import Sentence, mark

Message = dict[str, Any]


def message(run: Run, webhook: Webhook) -> Message:
    """What is sent when the run has ended; `text` is what Slack, Teams and their like show."""
    spec, state, results = run.spec(), run.state(), run.results() or {}
    project = _project(spec)
    name = spec.name or project or spec.goal.target
    link = _link(run, spec, webhook.app, bool(results))
    with words.speaking(webhook.language):
        text = str(_sentence(name, state, spec, results))
        reason = str(state.reason or "")
    return {
        "text": f"{text}\n{link}" if link else text,
        "run": run.id,
        "name": name,
        "project": project,
        "state": state.name,
        "reason": reason,
        "metrics": results.get("metrics", {}).get("test", {}),
        "link": link,
    }


def test_message(project: str, webhook: Webhook) -> Message:
    """What is sent to see whether an address works, in the same form."""
    with words.speaking(webhook.language):
        text = str(
            mark("This is a test from Modelyard. When a training has ended, a message like this comes.")
        )
    return {
        "text": text, "run": "", "name": "", "project": project, "state": "test", "reason": "", "metrics": {},
        "link": webhook.app,
    }  # fmt: skip


def sentence(run: Run) -> Sentence:
    """What a person is told in one sentence: how the run has ended, and how good its model is."""
    spec = run.spec()
    return _sentence(spec.name or _project(spec) or spec.goal.target, run.state(), spec, run.results() or {})


def _sentence(name: str, state: State, spec: Spec, results: dict[str, Any]) -> Sentence:
    task = TASKS[spec.goal.task]
    value = results.get("metrics", {}).get("test", {}).get(task.MAIN)
    if state.name in ("done", "stopped") and value is not None:
        metric = task.METRIC_WORDS[task.MAIN][0]
        return (
            mark("Training of “{name}” is done: {metric} is {value:.3f} on rows it never saw.",
                 name=name, metric=metric, value=value)
            if state.name == "done"
            else mark("Training of “{name}” was stopped: {metric} is {value:.3f} on rows it never saw.",
                      name=name, metric=metric, value=value)
        )  # fmt: skip
    if state.name in ("failed", "crashed"):
        return mark("Training of “{name}” failed: {reason}", name=name, reason=state.reason or "–")
    return mark("Training of “{name}” has ended.", name=name)


def _project(spec: Spec) -> str:
    try:
        return projects.load(spec.project).name if spec.project else ""
    except DataError:  # its choices are forgotten, the run stays
        return ""


def _link(run: Run, spec: Spec, app: str, tested: bool) -> str:
    if not app or not spec.project:
        return ""
    page = "results" if tested else "train"
    return f"{app.rstrip('/')}/{page}?{urlencode({'project': spec.project, 'run': run.id})}"
