"""With the number of epochs known, a network learns once more from the beginning, with the rows that had chosen it.

Validation rows say when to stop, and until then nothing is learned from them. Of few rows that is much to leave out. What
else they decide, such as how sure its chances may be, stays as they decided it for the network that had not seen them.

Source: Goodfellow, Bengio and Courville, "Deep Learning" (2016), algorithm 7.2: early stopping to find out how long to train,
then training again on all the data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import keras
import numpy as np

from core.graph import measure
from core.graph.cost import widest
from core.prepare import ENCODED, Prepared
from core.spec import DIVISIONS, FEW_VALIDATION_ROWS
from core.tasks import SHELF as TASKS
from core.words import Sentence, mark
from core.worker import divisions, frozen, measures, rows
from core.worker.chunks import Chunks
from core.worker.learning import Job
from core.worker.limits import GOING, Outcome
from core.worker.loop import row_order
from core.worker.objective import compile_model, row_weights
from core.worker.stages import stage

STAGE = "once_more"
AT_ONCE = 8  # steps between two looks at whether somebody wants an end


@dataclass(frozen=True)
class Again:
    """What came of it.

    Args:
        model: The network to take away; None where the first one stays.
        going: One of `core.worker.limits.GOING` where the process has to go; the run then comes here once more.
        text: What was done, for the user.
        epochs: For how many it learned; 0 where the first one stays.
    """

    model: keras.Model | None = None
    going: str = ""
    text: Sentence | None = None
    epochs: int = 0

    def to_json(self) -> dict[str, Any] | None:
        return {"text": self.text.to_json(), "epochs": self.epochs} if self.text else None


def wanted(job: Job, outcome: Outcome) -> bool:
    """Whether this run learns once more: it was asked to, has ended by itself, and there is time left for as much again."""
    counts = job.prepared.facts["rows"]
    share = outcome.best_epoch / max(outcome.epochs, 1) * (1 + counts["validation"] / counts["train"])
    share += DIVISIONS if _several(job) else 0
    left = job.limits.seconds - job.clock.seconds()
    return (
        job.settings.get("once_more") == "on"
        and TASKS[job.spec.goal.task].FORM in ("classes", "labels", "number")
        and job.spec.goal.forecast is None
        and outcome.ended_by in ("patience", "epochs")
        and outcome.best_epoch > 0
        and outcome.seconds * share < left
        and _fit(job.prepared)
    )


def _several(job: Job) -> bool:
    """Whether several divisions of the rows say how long to learn. Of rows in the order of time, or that stay together,
    there is but one."""
    few = job.prepared.facts["rows"]["validation"] < FEW_VALIDATION_ROWS
    return few and job.spec.goal.split.by not in ("time", "group")


def _fit(prepared: Prepared) -> bool:
    """Whether all rows together lie in memory, twice while they are put together."""
    sides = [rows.named(*prepared.arrays(side), None) for side in ENCODED]
    return all(rows.fit_in_memory(side) for side in sides)


def learn(job: Job, fresh: keras.Model, outcome: Outcome) -> Again:
    """Train a network with new weights on training and validation rows, for as many epochs as proved best.

    Args:
        fresh: Not compiled, with the weights with which the first one began too.
    """
    count = sum(job.prepared.facts["rows"][side] for side in ENCODED)
    stage(job.journal, STAGE, mark("Learning once more, now with the rows that said when to stop"))
    cut = frozen.learning(
        fresh, job.prepared, lambda text: stage(job.journal, STAGE, text), lambda: bool(_asked(job))
    )
    sides = [cut.sides[side] if cut else job.prepared.arrays(side) for side in ENCODED]
    inputs, truth = _together(sides)
    task, size = job.spec.goal.task, job.settings["batch_size"]
    model = cut.head if cut else fresh
    compile_model(model, task, job.settings, -(-count // size))
    chunks = Chunks(
        model, inputs, truth, size, measures.watched(task), False,
        1 if cut else widest(measure(job.spec.graph, job.prepared.facts)), row_weights(task, truth, job.settings), job.parts,
    )  # fmt: skip
    epochs = outcome.best_epoch
    if _several(job):
        epochs, ended = _epochs(job, chunks, inputs, truth)
        if ended:
            return _left(ended)
    for epoch in range(1, epochs + 1):
        ended = _epoch(job, chunks, epoch)
        if ended:
            return _left(ended)
    with chunks.averaged():
        weights = fresh.get_weights()
    fresh.set_weights(weights)
    return Again(fresh, text=_told(job, count, epochs), epochs=epochs)


def _left(ended: str) -> Again:
    return Again(going=ended) if ended in GOING else Again(text=ENDS[ended])


def _epochs(job: Job, chunks: Chunks, inputs: Mapping[str, np.ndarray], truth: np.ndarray) -> tuple[int, str]:
    """How long to learn, as several divisions of these rows say; and what asked for an end before. All is as it was, then."""
    began = [(one, one.numpy()) for one in (*chunks.model.variables, *chunks.model.optimizer.variables)]
    part = divisions.parts(truth, job.spec.seed)
    curves, ended = [], ""
    for number in range(DIVISIONS):
        stage(job.journal, STAGE, mark(
            "Finding out how long to learn: division {number} of {all}", number=number + 1, all=DIVISIONS,
        ))  # fmt: skip
        chunks.only(np.flatnonzero(part != number))
        kept = part == number
        judge = {name: array[kept] for name, array in inputs.items()}, truth[kept]
        found, ended = divisions.curve(job, chunks, judge, partial(_epoch, job))
        for variable, value in began:
            variable.assign(value)
        if ended:
            break
        curves.append(found)
    chunks.only(None)
    return (0, ended) if ended else (divisions.best_epoch(curves), "")


def _epoch(job: Job, chunks: Chunks, epoch: int) -> str:
    """Learn from all rows once; why it ended before, or nothing."""
    chunks.begin_epoch(row_order(job.spec.seed, epoch, chunks.rows))
    at = 0
    while at < chunks.steps:
        losses = chunks.run(at, AT_ONCE)
        at += len(losses)
        if not np.isfinite(losses).all():
            return "grew"
        ended = _asked(job) or job.limits.reached(job.clock)
        if ended:
            return ended
    return ""


def _asked(job: Job) -> str:
    return "pause" if job.limits.paused() and job.limits.gives_way else job.limits.asked()


def _together(
    sides: Sequence[tuple[Mapping[str, np.ndarray], np.ndarray]],
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The rows of all sides, one side after the other."""
    inputs = {name: np.concatenate([np.asarray(side[name][:]) for side, _ in sides]) for name in sides[0][0]}
    return inputs, np.concatenate([np.asarray(truth) for _, truth in sides])


def _told(job: Job, count: int, epochs: int) -> Sentence:
    known = {"epochs": epochs, "rows": count, "before": job.prepared.facts["rows"]["train"]}
    if _several(job):
        return mark(
            "It learned once more from the beginning, with the validation rows as well: {rows:,} rows instead of {before:,}. It "
            "learned for {epochs:,} epochs, which was best in {divisions} divisions of these rows. The test rows stayed apart.",
            divisions=DIVISIONS, **known,
        )  # fmt: skip
    return mark(
        "It learned once more from the beginning, for {epochs:,} epochs, with the validation rows as well: {rows:,} rows "
        "instead of {before:,}. The test rows stayed apart.",
        **known,
    )


# Why the first network stays.
ENDS: dict[str, Sentence] = {
    "minutes": mark(
        "Its time was over before it had learned once more with all rows; the first network stays."
    ),
    "stop": mark("You stopped it before it had learned once more with all rows; the first network stays."),
    "alone": mark(
        "The program that started it has ended before it had learned once more; the first network stays."
    ),
    "grew": mark(
        "Learning once more with all rows, the loss grew beyond all numbers; the first network stays."
    ),
}
