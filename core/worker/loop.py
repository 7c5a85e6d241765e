"""Training from the first epoch to the last: what is shown, what is kept, and when it ends."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.errors import RunError
from core.runs.events import Journal
from core.words import Sentence, mark
from core.worker.chunks import Chunks
from core.worker.keep import Best

CHUNK_SECONDS = 0.12  # also the longest wait for a stop
SECONDS_BETWEEN_EVENTS = 0.15
LOSSES_IN_EVENT = 40
FIRST_STEPS = 4  # taken before the slow compilation, so that the curve begins at once


@dataclass(frozen=True)
class Limits:
    """When training ends if nothing else ends it; `until` is on the clock of `time.monotonic`."""

    epochs: int
    patience: int
    until: float
    stop: Path
    alone: Callable[[], bool] = field(default=lambda: False)

    def reached(self) -> str:
        """What asks for an end right now: `stop`, `alone`, `minutes` or nothing."""
        if self.stop.exists():
            return "stop"
        if self.alone():
            return "alone"
        return "minutes" if time.monotonic() > self.until else ""


@dataclass(frozen=True)
class Outcome:
    """How training ended: the epochs seen, the best of them, and why it ended."""

    epochs: int
    best_epoch: int
    ended_by: str
    seconds: float


def row_order(seed: int, epoch: int, rows: int) -> np.ndarray:
    """The order of the training rows in one epoch, which follows from the seed and the epoch alone."""
    return np.random.default_rng([seed, epoch]).permutation(rows)


class Training:
    """One training of one network.

    Args:
        chunks: The compiled network with its training rows.
        validation: Inputs and encoded target of the validation rows.
        measure: Makes an epoch's metrics, by name, of the truth and the outputs on the validation rows.
    """

    def __init__(
        self,
        chunks: Chunks,
        validation: tuple,
        measure: Callable[[np.ndarray, np.ndarray], dict[str, float]],
        best: Best,
        journal: Journal,
        limits: Limits,
        seed: int,
    ):
        self.chunks, self.validation, self.measure = chunks, validation, measure
        self.best, self.journal, self.limits, self.seed = best, journal, limits, seed
        self._waiting: list[float] = []
        self._told = 0.0
        self._steps = 0
        self._step_seconds = 0.0

    def run(self) -> Outcome:
        """Train until something ends it, then put the best weights back.

        Raises:
            RunError: If the loss becomes so large that it is no number any more.
        """
        began, ended_by, epoch = time.monotonic(), "", 0
        try:
            while not ended_by and epoch < self.limits.epochs:
                epoch += 1
                ended_by = self._epoch(epoch)
                if not ended_by and epoch - self.best.epoch >= self.limits.patience:
                    ended_by = "patience"
        finally:
            self._tell_waiting(epoch)
        self.best.restore(self.chunks.model)
        return Outcome(epoch, self.best.epoch, ended_by or "epochs", time.monotonic() - began)

    def _epoch(self, epoch: int) -> str:
        began, losses, rows, ended_by = time.monotonic(), 0.0, 0, ""
        self.chunks.begin_epoch(row_order(self.seed, epoch, self.chunks.rows))
        for first, taken in self._steps_of(epoch):
            sizes = self.chunks.sizes(first, len(taken))
            losses, rows = losses + float(taken @ sizes), rows + int(sizes.sum())
            self._tell_steps(epoch, taken)
            ended_by = self.limits.reached()
            if ended_by:
                break
        self._tell_epoch(epoch, losses / rows, began)
        return ended_by

    def _steps_of(self, epoch: int) -> Iterator[tuple[int, np.ndarray]]:
        """Pieces of the epoch, each about `CHUNK_SECONDS` long: their first step and their losses."""
        at = 0
        while at < self.chunks.steps:
            first_of_all = epoch == 1 and at == 0
            count = FIRST_STEPS if first_of_all else self._next_count()
            began = time.monotonic()
            losses = self.chunks.run(at, count, fast=not first_of_all)
            self._learn_speed(time.monotonic() - began, len(losses))
            self._check(losses, epoch)
            yield at, losses
            at += len(losses)

    def _next_count(self) -> int:
        return max(1, int(CHUNK_SECONDS / self._step_seconds)) if self._step_seconds else FIRST_STEPS

    def _learn_speed(self, seconds: float, steps: int) -> None:
        """Average the time of a step; the first calls hold compilation and are forgotten quickly."""
        now = seconds / steps
        self._step_seconds = min(now, 2 * self._step_seconds) if self._step_seconds else now

    def _check(self, losses: np.ndarray, epoch: int) -> None:
        if not np.isfinite(losses).all():
            raise RunError(
                mark("In epoch {epoch:,} the loss grew beyond all numbers.", epoch=epoch),
                mark("Set a smaller learning rate, for instance a tenth of it, and train again."),
            )

    def _tell_steps(self, epoch: int, losses: np.ndarray) -> None:
        self._waiting += losses.tolist()
        self._steps += len(losses)
        if time.monotonic() - self._told >= SECONDS_BETWEEN_EVENTS:
            self._tell_waiting(epoch)

    def _tell_waiting(self, epoch: int) -> None:
        """Write the losses that were not told yet, so that the curve ends where training does."""
        if not self._waiting:
            return
        parts = np.array_split(np.array(self._waiting), min(LOSSES_IN_EVENT, len(self._waiting)))
        shown = [round(float(part.mean()), 6) for part in parts]
        first = self._steps - len(self._waiting) + 1
        self.journal.write("steps", epoch=epoch, first=first, step=self._steps, losses=shown)
        self._waiting, self._told = [], time.monotonic()

    def _tell_epoch(self, epoch: int, loss: float, began: float) -> None:
        inputs, truth = self.validation
        with self.chunks.averaged():
            val_loss, outputs = self.chunks.judge(inputs, truth)
            self._check(np.array([val_loss]), epoch)
            better = self.best.offer(self.chunks.model, epoch, val_loss)
        metric = self.chunks.metric
        self.journal.write(
            "epoch", epoch=epoch, step=self._steps, loss=loss, val_loss=val_loss,
            **{metric.name: float(metric.result())}, **self.measure(truth, outputs),
            seconds=round(time.monotonic() - began, 4), best=better,
        )  # fmt: skip


REASONS: dict[str, Sentence] = {
    "epochs": mark("It has seen all rows as often as it was allowed to."),
    "patience": mark("It no longer improved on the validation rows."),
    "minutes": mark("Its time was over."),
    "stop": mark("You stopped it."),
    "alone": mark("The program that started it has ended."),
}
