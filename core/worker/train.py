"""One run from its spec to its results: read, build, train, write the model, test it."""

import importlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import keras

from core import home, prepare
from core.graph import measure, sources
from core.runs import checkpoint, states
from core.runs.events import Journal
from core.spec import Spec
from core.tasks import SHELF as TASKS
from core.words import Sentence, mark
from core.worker import (
    calibration,
    finish,
    item_facts,
    language,
    mirrored,
    once_more,
    pretrained,
    solving,
    some_items,
    starting,
    threads,
)
from core.worker.build import answering, build
from core.worker.checkpoint import Saved
from core.worker.learning import Job
from core.worker.limits import GOING, REASONS, Clock, Outcome, nobody
from core.worker.objective import compile_model
from core.worker.stages import stage


def run(folder: Path, journal: Journal, outside: Callable[[], str] = nobody) -> tuple[str, Sentence | None]:
    """Execute the run, from its checkpoint if it has one; the state in which it ends, and why.

    The state is one of `limits.GOING` where the process goes before the run has ended.

    Raises:
        UserError: Where the user can put something right.
    """
    clock = Clock()
    spec = Spec.from_json(home.read_json(folder / "spec.json"))
    stage(journal, "reading", mark("Making the rows ready"))
    prepared = prepare.prepare(spec.data, spec.goal).reading(sources(spec.graph))
    saved = Saved(folder) if checkpoint.exists(folder) else None
    if saved:
        saved.check(prepared.id)
    elif spec.continues:
        raise starting.gone()
    settings = {**spec.settings(prepared.facts), **(saved.about["settings"] if saved else {})}
    job = Job(folder, journal, spec, prepared, settings, saved, outside, clock)
    going = language.learn(job)
    if going:
        return going, None
    model = _model(job)
    outcome = solving.learn(job, model) if solving.wanted(model) else job.learn(model)
    if outcome.ended_by in GOING:
        return outcome.ended_by, None
    if outcome.ended_by in ("stop", "alone"):
        states.step(folder, "stopping", pid=os.getpid())
    ended = "stopped" if outcome.ended_by in ("stop", "alone") else "done"
    own = getattr(TASKS[spec.goal.task], "FINISH", "")
    if own:
        room = importlib.import_module(f"core.worker.{own}")
        room.finish(folder, journal, spec, prepared, answering(model, spec.graph, prepared.facts), outcome)
        return ended, REASONS[outcome.ended_by]
    going = _finished(job, model, outcome)
    return (going, None) if going else (ended, REASONS[outcome.ended_by])


def _finished(job: Job, model: keras.Model, outcome: Outcome) -> str:
    """Write the model and what it is worth; one of `limits.GOING` where the process has to go before that."""
    folder, journal, spec, settings = job.folder, job.journal, job.spec, job.settings
    prepared, settled = finish.settle(folder, journal, job.prepared, model)
    again = once_more.Again()
    if once_more.wanted(job, outcome):
        again = once_more.learn(job, _begun(job), outcome)
    if again.going:
        return again.going
    # What is chosen by validation rows, such as the threshold, is chosen by the answers of the network that never saw them.
    unseen = finish.on_validation(prepared, model) if again.model else None
    model = _as_sure(again.model, settled) if again.model else model
    if again.text:
        journal.write("message", text=again.text.to_json())
    answers = answering(model, spec.graph, prepared.facts)
    if settings.get("mirrored_answers") == "on":
        answers = mirrored.averaged(answers, prepared.facts)
    finish.write_model(folder, journal, prepared, answers)
    settled["once_more"] = again.to_json()
    finish.test(folder, journal, spec, prepared, model, outcome, settled, unseen)
    return ""


def _model(job: Job) -> keras.Model:
    """The network, ready to learn, with new weights or those of another run."""
    threads.settle(measure(job.spec.graph, job.prepared.facts), job.settings["batch_size"])
    model = _begun(job, lambda text: job.journal.write("message", text=text.to_json()), anew=not job.saved)
    compile_model(model, job.spec.goal.task, job.settings, job.steps)
    return model


def _begun(job: Job, note: Callable[[Sentence], None] = lambda text: None, anew: bool = True) -> keras.Model:
    """The network as it begins; where an interrupted run's weights come later, without pretrained ones."""
    spec, facts = job.spec, job.prepared.facts
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.graph, facts)
    if anew:
        for text in pretrained.put_weights(model, spec.graph, facts, lambda share, told: _tell(job, told)):
            note(text)
        for text in language.put_weights(job, model):
            note(text)
    pretrained.settle(model, spec.graph, facts)
    if spec.starts_from and anew:
        note(starting.put_weights(model, job.prepared, spec.starts_from))
    item_facts.tell(model, job.prepared.folder)
    some_items.tell(model, job.prepared.folder)
    return model


def _as_sure(model: keras.Model, settled: Mapping[str, Any]) -> keras.Model:
    """The network that has learned once more, with chances as sure as the validation rows had allowed the first one."""
    found = settled["temperature"]
    if found and found["kept"]:
        calibration.soften(model, found["temperature"])
    return model


def _tell(job: Job, text: Sentence) -> None:
    stage(job.journal, "reading", text)
