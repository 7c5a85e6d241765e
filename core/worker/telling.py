"""What a training says of itself while it goes on: losses, how its steps are taken, what cannot be kept."""

import time
from dataclasses import asdict

import keras
import numpy as np

from core.runs.events import FULL, Journal
from core.words import mark
from core.worker.limits import Clock
from core.worker.pace import Chosen
from core.worker.position import Position

SECONDS_BETWEEN_EVENTS = 0.15
LOSSES_IN_EVENT = 40


class Telling:
    """Writes a training's events, thinned to what an eye can follow.

    Args:
        clock: What has counted as training so far.
    """

    def __init__(self, journal: Journal, clock: Clock, optimizer: keras.optimizers.Optimizer):
        self.journal, self.clock, self.optimizer = journal, clock, optimizer
        self._losses: list[float] = []
        self._told = 0.0
        self._told_full = self.told_choice = False

    def steps(self, at: Position, losses: np.ndarray) -> None:
        """Losses of the latest steps; they are written a few times a second."""
        self._losses += losses.tolist()
        if time.monotonic() - self._told >= SECONDS_BETWEEN_EVENTS:
            self.waiting(at)

    def waiting(self, at: Position) -> None:
        """Write the losses that were not told yet, so that the curve ends where training does."""
        if not self._losses:
            return
        parts = np.array_split(np.array(self._losses), min(LOSSES_IN_EVENT, len(self._losses)))
        self.journal.write(
            "steps", epoch=at.epoch, first=at.steps - len(self._losses) + 1, step=at.steps,
            losses=[round(float(part.mean()), 6) for part in parts],
            learning_rate=float(self.optimizer.learning_rate), spent=round(self.clock.seconds(), 3),
        )  # fmt: skip
        self._losses, self._told = [], time.monotonic()

    def choice(self, chosen: Chosen) -> None:
        """Say once by which way the steps are taken, and why, as soon as that is settled."""
        if self.told_choice or not chosen.settled:
            return
        self.told_choice = True
        self.journal.write("choice", **asdict(chosen), text=chosen.words().to_json())

    def full(self, trouble: OSError | None) -> None:
        """Say once that nothing can be kept at the moment. Training goes on, and so does trying."""
        if trouble is None or self._told_full:
            return
        self._told_full = True
        if trouble.errno in FULL:
            text = mark("The disk is full: training goes on, but its state cannot be kept at the moment.")
        else:
            text = mark("The state of the training cannot be kept ({why}); it goes on.", why=str(trouble))
        self.journal.write("message", text=text.to_json())
