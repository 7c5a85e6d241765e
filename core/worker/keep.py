"""The best weights so far: in memory at once, on disk soon, so that a killed worker loses little."""

import os
import time
from pathlib import Path

import keras
import numpy as np

SECONDS_BETWEEN_WRITES = 1.0


class Best:
    """Remembers the weights with the smallest validation loss."""

    def __init__(self, path: Path):
        self.path = path
        self.epoch = 0
        self.loss = float("inf")
        self._weights: list[np.ndarray] = []
        self._written = 0.0

    def offer(self, model: keras.Model, epoch: int, loss: float) -> bool:
        """Keep the model's weights if they are better; whether they are."""
        if not loss < self.loss:
            return False
        self.epoch, self.loss, self._weights = epoch, loss, model.get_weights()
        if time.monotonic() - self._written > SECONDS_BETWEEN_WRITES:
            self._write()
        return True

    def restore(self, model: keras.Model) -> None:
        """Put the best weights back into the model, and on disk."""
        if self._weights:
            model.set_weights(self._weights)
            self._write()

    def _write(self) -> None:
        temporary = self.path.with_name(f".{self.path.name}")
        with temporary.open("wb") as file:
            np.savez(
                file, epoch=self.epoch, loss=self.loss, **{f"w{i}": w for i, w in enumerate(self._weights)}
            )
        os.replace(temporary, self.path)
        self._written = time.monotonic()
