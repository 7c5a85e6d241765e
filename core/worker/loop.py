"""Training from the first epoch to the last: what is shown, what is kept, when it waits, and when it ends."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from math import inf
from typing import Any

import keras
import numpy as np

from core.errors import RunError
from core.runs.events import Journal
from core.words import mark
from core.worker.checkpoint import Checkpoints, Saved, variables
from core.worker.chunks import Chunks
from core.worker.keep import Best
from core.worker.limits import GOING, Clock, Limits, Outcome
from core.worker.pace import Chosen, Pace
from core.worker.position import Position, Watcher
from core.worker.telling import Telling

CHUNK_SECONDS = 0.12  # also the longest wait for a stop
SECONDS_BETWEEN_LOOKS = 0.1  # while it is paused


def row_order(seed: int, epoch: int, rows: int) -> np.ndarray:
    """The order of the training rows in one epoch, which follows from the seed and the epoch alone."""
    order = np.arange(rows, dtype=np.int32)
    np.random.default_rng([seed, epoch]).shuffle(order)
    return order


class Training:
    """One training of one network.

    Args:
        chunks: The compiled network with its training rows.
        validation: Inputs and encoded target of the validation rows.
        measure: Makes an epoch's metrics, by name, of the truth and the outputs on the validation rows.
        clock: Counts the time against `limits.seconds`.
        checkpoints: Keeps the state on disk; None keeps none.
        waits: Told when training begins to wait, and when it no longer does.
        watchers: Those who look at it.
        choosing: What decides which epoch is the best, of the truth, the outputs and the loss on the validation rows.
        whole: The network whose part `chunks` trains, and whose weights are kept; None where that is all of it.
        pace: Chooses how many steps a call takes and by which way; None takes all by the one that `chunks` was made for.
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
        clock: Clock | None = None,
        checkpoints: Checkpoints | None = None,
        waits: Callable[[bool], None] = lambda waiting: None,
        watchers: Sequence[Watcher] = (),
        pace: Pace | None = None,
        choosing: Callable[[np.ndarray, np.ndarray, float], float] = lambda truth, outputs, loss: loss,
        whole: keras.Model | None = None,
    ):
        self.chunks, self.validation, self.measure = chunks, validation, measure
        self.best, self.journal, self.limits, self.seed = best, journal, limits, seed
        self.clock, self.checkpoints, self.waits = clock or Clock(), checkpoints, waits
        self.watchers, self.choosing = watchers, choosing
        self.whole = whole or chunks.model
        self.pace = pace or Pace(0, inf, Chosen(tried=chunks.fast, fast=chunks.fast))
        self.at = Position(began=self.clock.seconds())
        self._saved: Saved | None = None
        self.telling = Telling(journal, self.clock, chunks.model.optimizer)

    def go_on(self, saved: Saved) -> None:
        """Take up what an interrupted training left; `run` then goes on from there."""
        self.at = Position(**saved.about["position"])
        kept = saved.about["best"]
        self.best.take(kept["epoch"], kept["loss"], saved.best)
        self.telling.told_choice = self.pace.chosen.settled
        saved.put(self._changing(), "model", "optimizer")
        self._saved = saved

    def run(self) -> Outcome:
        """Train until something ends it, then put the best weights back.

        Raises:
            RunError: If the loss becomes so large that it is no number any more; the best weights are kept.
        """
        ended_by = self.at.ended_by or self._at_once()
        if self.at.ended_by and self.at.open:  # interrupted while it was being ended amid an epoch
            self._take_metric()
            self._tell_epoch()
        amid = bool(ended_by)
        try:
            while not ended_by and (self.at.open or self.at.epoch < self.limits.epochs):
                ended_by = self._epoch()
                amid = bool(ended_by) and self.at.step < self.chunks.steps
                if not ended_by and self.at.epoch - self.best.epoch >= self.limits.patience:
                    ended_by = "patience"
            if ended_by not in GOING:
                self.at.ended_by = ended_by or "epochs"
            # Amid its last epoch it is kept as it was there, see `_epoch`, and so it is where it pauses.
            if ended_by == "leave" or not (amid or ended_by == "pause"):
                self._keep()
        finally:
            self.telling.waiting(self.at)
            if self.checkpoints:
                self.checkpoints.finish()
        self.best.restore(self.whole)
        seconds = self.clock.seconds() - self.at.began
        return Outcome(self.at.epoch, self.best.epoch, ended_by or "epochs", seconds)

    def _at_once(self) -> str:
        """What was asked for before training could begin or go on: a pause, or a stop where there is a best to keep."""
        if self._pause() == "pause":
            return "pause"
        return "stop" if self.best.epoch and not self.at.open and self.limits.asked() == "stop" else ""

    def _epoch(self) -> str:
        at = self.at
        if not at.open:
            at.epoch, at.step, at.loss, at.rows, at.open = at.epoch + 1, 0, 0.0, 0, True
            at.epoch_began = self.clock.seconds()
        self.chunks.begin_epoch(row_order(self.seed, at.epoch, self.chunks.rows))
        self._take_metric()
        ended_by = "stop" if at.rows and self.limits.asked() == "stop" else ""  # while it waited to go on
        for first, taken in self._chunks() if not ended_by else ():
            sizes = self.chunks.sizes(first, len(taken))
            # One after the other, so that the sum is the same wherever the epoch was cut into pieces.
            at.loss = float(np.add.accumulate(np.concatenate([[at.loss], taken * sizes]))[-1])
            at.rows, at.steps = at.rows + int(sizes.sum()), at.steps + len(taken)
            at.step = first + len(taken)
            self.telling.steps(at, taken)
            for watcher in self.watchers:
                watcher.between(at)
            ended_by = self.limits.reached(self.clock) or self._pause()
            if ended_by:
                break
            self._maybe_keep()
        if ended_by and ended_by not in GOING and at.step < self.chunks.steps:
            at.ended_by = ended_by
            self._keep()  # so that who continues this run goes on at this very step
            self._tell_epoch()
        elif ended_by not in GOING:
            self._tell_epoch()
            self._maybe_keep()
        return ended_by

    def _take_metric(self) -> None:
        """Give the metric what it had counted of an epoch that was interrupted."""
        if self._saved and self.at.step:
            self._saved.put(self._changing(), "metric")
        self._saved = None

    def _chunks(self) -> Iterator[tuple[int, np.ndarray]]:
        """Pieces of the epoch, each about `CHUNK_SECONDS` long: their first step and their losses."""
        while self.at.step < self.chunks.steps:
            first, taken = self.at.step, self.at.steps
            count, way = self.pace.next(taken, CHUNK_SECONDS)
            self.telling.choice(self.pace.chosen)
            began = time.monotonic()
            if self.chunks.get_ready(way):
                self.pace.got_ready(way, time.monotonic() - began)
                began = time.monotonic()
            losses = self.chunks.run(first, count, way)
            self.pace.took(taken, len(losses), time.monotonic() - began)
            self._check(losses)
            yield first, losses

    def _check(self, losses: np.ndarray) -> None:
        if not np.isfinite(losses).all():
            self.best.write()
            raise RunError(
                mark("In epoch {epoch:,} the loss grew beyond all numbers.", epoch=self.at.epoch),
                mark("Set a smaller learning rate, or shorten long steps, and train again."),
            )

    def _pause(self) -> str:
        """Wait as long as somebody wants it to; what asks for an end then.

        Where all is kept and somebody will start another process to go on, that end is `pause`, at once.
        """
        if not self.limits.paused():
            return ""
        if self._saved is None:  # else nothing has changed since it was kept
            self._keep()
        if self.limits.gives_way and self.checkpoints and self.checkpoints.whole:
            return "pause"
        self.telling.waiting(self.at)
        self.waits(True)
        with self.clock.standing():
            while self.limits.paused():
                time.sleep(SECONDS_BETWEEN_LOOKS)
        self.waits(False)
        return self.limits.asked()

    def _maybe_keep(self) -> None:
        if self.checkpoints and self.checkpoints.due(epoch_ended=not self.at.open):
            self._keep(wait=False)

    def _keep(self, wait: bool = True) -> None:
        """Keep the whole state of this moment on disk."""
        if self.checkpoints is None:
            return
        self.telling.waiting(self.at)  # the journal has to tell all until here
        self.telling.full(self.checkpoints.trouble)
        state: dict[str, Any] = {
            "position": asdict(self.at),
            "spent": self.clock.seconds(),
            "paused": self.limits.paused(),
            "pace": asdict(self.pace.chosen),
            "best": {"epoch": self.best.epoch, "loss": self.best.loss if self.best.epoch else None},
        }
        self.checkpoints.keep(self._changing(), self.best.weights, state)
        if wait:
            self.checkpoints.finish()
            self.telling.full(self.checkpoints.trouble)

    def _changing(self) -> dict[str, list[Any]]:
        return variables(self.whole, self.chunks.model.optimizer, self.chunks.metric)

    def _tell_epoch(self) -> None:
        at, metric = self.at, self.chunks.metric
        inputs, truth = self.validation
        with self.chunks.averaged():
            val_loss, outputs = self.chunks.judge(inputs, truth)
            self._check(np.array([val_loss]))
            better = self.best.offer(self.whole, at.epoch, self.choosing(truth, outputs, val_loss))
        spent = self.clock.seconds()
        self.journal.write(
            "epoch", epoch=at.epoch, step=at.steps, loss=at.loss / at.rows, val_loss=val_loss,
            **{metric.name: float(metric.result())}, **self.measure(truth, outputs),
            seconds=round(spent - at.epoch_began, 4), best=better, spent=round(spent, 3),
        )  # fmt: skip
        for watcher in self.watchers:
            watcher.judged(at, truth, outputs)
        at.open = False
