"""One run from its spec to its results: read, build, train, write the model, test it."""

import os
from collections.abc import Callable
from pathlib import Path

import keras

from core import home, prepare
from core.graph import measure, sources
from core.runs import checkpoint, states
from core.runs.events import Journal
from core.spec import Spec
from core.words import Sentence, mark
from core.worker import finish, mirrored, pretrained, starting, threads, towers
from core.worker.build import answering, build
from core.worker.checkpoint import Saved
from core.worker.learning import Job
from core.worker.limits import GOING, REASONS, Clock, nobody
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
    model = _model(job)
    outcome = job.learn(model)
    if outcome.ended_by in GOING:
        return outcome.ended_by, None
    if outcome.ended_by in ("stop", "alone"):
        states.step(folder, "stopping", pid=os.getpid())
    ended = "stopped" if outcome.ended_by in ("stop", "alone") else "done"
    if spec.goal.task == "best_answer":
        towers.finish(folder, journal, spec, prepared, answering(model, spec.graph, prepared.facts), outcome)
        return ended, REASONS[outcome.ended_by]
    prepared, settled = finish.settle(folder, journal, prepared, model)
    answers = answering(model, spec.graph, prepared.facts)
    if settings.get("mirrored_answers") == "on":
        answers = mirrored.averaged(answers, prepared.facts)
    finish.write_model(folder, journal, prepared, answers)
    finish.test(folder, journal, spec, prepared, model, outcome, settled)
    return ended, REASONS[outcome.ended_by]


def _model(job: Job) -> keras.Model:
    """The network, ready to learn, with new weights or those of another run."""
    spec, facts = job.spec, job.prepared.facts
    threads.settle(measure(spec.graph, facts), job.settings["batch_size"])
    keras.utils.set_random_seed(spec.seed)
    model = build(spec.graph, facts)
    if not job.saved:
        for text in pretrained.put_weights(model, spec.graph, facts, lambda share, told: _tell(job, told)):
            job.journal.write("message", text=text.to_json())
    pretrained.settle(model, spec.graph, facts)
    if spec.starts_from and not job.saved:
        text = starting.put_weights(model, job.prepared, spec.starts_from)
        job.journal.write("message", text=text.to_json())
    compile_model(model, spec.goal.task, job.settings, job.steps)
    return model


def _tell(job: Job, text: Sentence) -> None:
    stage(job.journal, "reading", text)
