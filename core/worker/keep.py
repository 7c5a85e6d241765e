"""The best weights so far: in memory at once, on disk soon, for looking at them while training goes on."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np

from core.runs.events import FULL

SECONDS_BETWEEN_WRITES = 1.0


class Best:
    """Remembers the weights with the smallest validation loss."""

    def __init__(self, path: Path):
        self.path = path
        self.epoch = 0
        self.loss = float("inf")
        self.weights: Sequence[np.ndarray] = ()
        self._written = 0.0

    def offer(self, model: keras.Model, epoch: int, loss: float) -> bool:
        """Keep the model's weights if they are better; whether they are."""
        if not loss < self.loss:
            return False
        self.epoch, self.loss, self.weights = epoch, loss, model.get_weights()
        if time.monotonic() - self._written > SECONDS_BETWEEN_WRITES:
            self.write()
        return True

    def take(self, epoch: int, loss: float | None, weights: Sequence[np.ndarray]) -> None:
        """Remember what a training that was interrupted had found."""
        self.epoch, self.loss, self.weights = epoch, float("inf") if loss is None else loss, weights

    def restore(self, model: keras.Model) -> None:
        """Put the best weights back into the model, and on disk."""
        if self.weights:
            model.set_weights(self.weights)
            self.write()

    def rewrite(self, model: keras.Model) -> None:
        """Put the model's weights in the place of those on disk, whose epoch and loss stay: previews show the same model."""
        with np.load(self.path, allow_pickle=False) as kept:
            self.take(int(kept["epoch"]), float(kept["loss"]), model.get_weights())
        self.write()

    def write(self) -> None:
        """Write the file anew; on a full disk the last one stays, and the next call tries again."""
        if not self.weights:
            return
        temporary = self.path.with_name(f".{self.path.name}")
        arrays = {f"w{number}": array for number, array in enumerate(self.weights)}
        try:
            with temporary.open("wb") as file:
                np.savez(file, epoch=self.epoch, loss=self.loss, **arrays)
            os.replace(temporary, self.path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            if error.errno not in FULL:
                raise
        self._written = time.monotonic()
