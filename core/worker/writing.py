"""What a network that learns to write makes of nothing, after each epoch: a sample of the text so far."""

import time
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core import generate
from core.prepare import Prepared
from core.runs.events import Journal
from core.words import mark
from core.worker.position import Position

KIND = "written"
CHARACTERS = 160
SHARE = 0.02  # of the time, at most
TEMPERATURE = 0.7


class Writing:
    """Watches a training, and journals a sample after an epoch where that costs little of the time.

    Args:
        model: The network as it learns; nothing of it is changed.
    """

    def __init__(self, journal: Journal, prepared: Prepared, model: keras.Model, seed: int):
        self.journal, self.model, self.seed = journal, model, seed
        self.target = prepared.recipes["target"]
        self._began, self._spent = time.monotonic(), 0.0
        self._asked = writer_of(model, self.target)

    def between(self, at: Position) -> None:
        """Nothing: a sample is written when an epoch has ended."""

    def judged(self, at: Position, truth: np.ndarray, outputs: np.ndarray) -> None:
        """Write a sample, unless that would take more than its share of the time so far."""
        now = time.monotonic()
        if self._spent > SHARE * (now - self._began) and self._spent:
            return
        found = generate.write(
            self._asked, self.target, "", CHARACTERS, TEMPERATURE, seed=self.seed + at.epoch
        )
        written = generate.text(self.target, list(found))
        self.journal.write(KIND, epoch=at.epoch, written=written)
        said = mark(
            "After epoch {epoch:,} it writes: “{written}”", epoch=at.epoch, written=" ".join(written.split())
        )
        self.journal.write("message", text=said.to_json(), about=KIND)
        self._spent += time.monotonic() - now

    def end(self) -> None:
        """Nothing waits."""


def writer_of(model: keras.Model, target: Mapping[str, Any]) -> generate.Whole:
    """What `core.generate.write` asks, by Keras itself; many times faster than `predict` for one row."""
    said = tf.function(lambda given: model([given], training=False), reduce_retracing=True)
    return generate.Whole(lambda given: said(tf.constant(given)).numpy(), target)
