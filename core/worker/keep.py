"""The best weights so far: in memory at once, on disk soon, for looking at them while training goes on."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np

from core.runs.events import FULL

SECONDS_BETWEEN_WRITES = 1.0
SHARE_OF_TIME = 0.05  # that writing large ones may cost


class Best:
    """Remembers the weights with the smallest validation loss.

    Args:
        still: Variables that never change, which are copied only once.
    """

    def __init__(self, path: Path, still: Sequence[keras.Variable] = ()):
        self.path = path
        self._still = {id(one): one.numpy() for one in still}
        self.epoch = 0
        self.loss = float("inf")
        self.weights: Sequence[np.ndarray] = ()
        self._written = self._took = 0.0

    def offer(self, model: keras.Model, epoch: int, loss: float) -> bool:
        """Keep the model's weights if they are better; whether they are."""
        if not loss < self.loss:
            return False
        self.epoch, self.loss, self.weights = epoch, loss, self._of(model)
        if time.monotonic() - self._written > max(SECONDS_BETWEEN_WRITES, self._took / SHARE_OF_TIME):
            self.write()
        return True

    def _of(self, model: keras.Model) -> list[np.ndarray]:
        """As `model.get_weights` gives them."""
        return [self._still[id(one)] if id(one) in self._still else one.numpy() for one in model.weights]

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
        began = time.monotonic()
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
        self._took = self._written - began
